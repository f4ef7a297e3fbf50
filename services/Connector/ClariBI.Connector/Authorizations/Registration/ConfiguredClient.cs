using System.ComponentModel.DataAnnotations;

namespace ClariBI.Connector.Authorizations.Registration;

/// <summary>One of <c>Connector:Clients</c>: a client that the operator registered with a vendor by hand.</summary>
public sealed class ConfiguredClient
{
    /// <summary>
    /// The authorization server that knows it. May be empty where <see cref="Vendor"/> names a row with addresses or domains of its
    /// own: at an address that a person types anybody could be, and would be sent the secret.
    /// </summary>
    public string Issuer { get; init; } = "";

    public string Vendor { get; init; } = "";

    [Required]
    public string ClientId { get; init; } = "";

    public string ClientSecret { get; init; } = "";

    /// <summary><c>none</c>, <c>client_secret_post</c> or <c>client_secret_basic</c>; empty: what the vendor supports.</summary>
    [RegularExpression("^$|^none$|^client_secret_(post|basic)$")]
    public string Method { get; init; } = "";

    internal bool IsFor(ClientWanted wanted) => Issuer.Length > 0
        ? Issuer == wanted.Metadata.Issuer && (Vendor.Length == 0 || Vendor == wanted.Vendor.Id)
        : wanted.ByCatalogue && Vendor.Length > 0 && Vendor == wanted.Vendor.Id;
}
