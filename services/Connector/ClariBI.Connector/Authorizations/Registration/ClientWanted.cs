using ClariBI.Connector.Authorizations.Discovery;
using ClariBI.Connector.Vendors;

namespace ClariBI.Connector.Authorizations.Registration;

/// <param name="Scope">Sent with a registration; empty: none.</param>
/// <param name="Given">The client that the person typed in; null: none.</param>
/// <param name="StartOver">Register anew, whatever is known.</param>
/// <param name="ByCatalogue">Whether the row of the catalogue leads to this token endpoint, and not an address that somebody typed.</param>
internal sealed record ClientWanted(
    VendorMetadata Metadata, Vendor Vendor, Guid WorkspaceId, string RedirectUri, string Scope, GivenClient? Given = null, bool StartOver = false,
    bool ByCatalogue = false);

/// <param name="Suspect">Somebody went to the consent page with it and never came back.</param>
internal sealed record ClientFound(ClientRegistration Client, bool Suspect);
