using ClariBI.Connector.Authorizations.Discovery;
using ClariBI.Connector.Data;
using ClariBI.Connector.Vendors;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Authorizations;

/// <param name="Secret">Whether a secret that the person typed goes to the token endpoint.</param>
/// <param name="Confirmed">The hosts that the person was shown and agreed to; null: none yet.</param>
/// <param name="ServiceAccount">Nobody signs in.</param>
internal sealed record SignInConsent(bool Secret, string? Confirmed, bool ServiceAccount = false);

/// <summary>
/// Which sign-in servers a server may name (mix-up, RFC 9700 section 4.4): one that names somebody else's gets, by a genuine
/// consent page, tokens that open somebody else's server wherever the audience (RFC 8707) is ignored. Every address of the
/// metadata counts, not the issuer alone: with its own issuer and token endpoint but another's consent page it gets the code.
/// </summary>
internal sealed class SignInPlaces(VendorCatalogue catalogue, ConnectorDbContext db)
{
    /// <exception cref="ConnectingException">It is another vendor's; or it is elsewhere, and the person has not agreed to that.</exception>
    public async Task CheckAsync(ConnectingTarget target, VendorMetadata metadata, SignInConsent consent, CancellationToken cancellationToken)
    {
        var places = Places(metadata).Where(place => !target.Vendor.Vouches(target.Server, place)).ToList();
        if (places.Select(place => catalogue.OwnerOf(place, target.Server)).OfType<Vendor>().FirstOrDefault() is { } owner)
        {
            throw ConnectingException.ForeignIssuer(target.Server, owner.Name);
        }

        var elsewhere = await ElsewhereAsync(target, metadata, [.. places.Where(place => !target.Vendor.Owns(target.Server, place))], cancellationToken);
        if (consent.Secret && !target.Vendor.Owns(target.Server, metadata.TokenEndpoint))
        {
            elsewhere.Add(metadata.TokenEndpoint);
        }

        var hosts = string.Join(' ', elsewhere.Select(Host).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal));
        if (hosts.Length > 0 && hosts != consent.Confirmed)
        {
            throw ConnectingException.SignInElsewhere(target.Server, hosts, consent.Secret ? Host(metadata.TokenEndpoint) : null, consent.ServiceAccount);
        }
    }

    /// <summary>Whether what is sent to the token endpoint stays with the vendor, whatever address a person typed.</summary>
    public bool AreTheVendors(ConnectingTarget target, VendorMetadata metadata) =>
        catalogue.IsAt(target.Vendor, target.Server) || target.Vendor.Vouches(target.Server, metadata.TokenEndpoint);

    private static List<Uri> Places(VendorMetadata metadata)
    {
        Uri?[] places =
        [
            Uri.TryCreate(metadata.Issuer, UriKind.Absolute, out var issuer) ? issuer : null, metadata.AuthorizationEndpoint,
            metadata.TokenEndpoint, metadata.RegistrationEndpoint, metadata.RevocationEndpoint,
        ];
        return [.. places.OfType<Uri>()];
    }

    /// <returns>What a person has to agree to.</returns>
    private async Task<List<Uri>> ElsewhereAsync(ConnectingTarget target, VendorMetadata metadata, List<Uri> foreign, CancellationToken cancellationToken)
    {
        if (catalogue.IsAt(target.Vendor, target.Server))
        {
            // Nobody typed this address: whom the vendor lets people sign in with is the vendor's affair.
            return [];
        }

        if (foreign.Count > 0)
        {
            return await IsUsedHereAsync(target, metadata, cancellationToken) && foreign.TrueForAll(place => Host(place) == Host(new Uri(metadata.Issuer)))
                ? []
                : foreign;
        }

        // On the server's own host, but perhaps at the port of another server.
        var own = Origin(target.Server);
        return await IsAnothersAsync(own, metadata, cancellationToken) ? Places(metadata).FindAll(place => Origin(place) != own) : [];
    }

    /// <summary>The workspace has this server connected by this issuer: it was agreed to then.</summary>
    private Task<bool> IsUsedHereAsync(ConnectingTarget target, VendorMetadata metadata, CancellationToken cancellationToken)
    {
        var (workspace, origin) = (target.Caller.WorkspaceId, Origin(target.Server));
        return db.DataSources.Where(source => source.WorkspaceId == workspace && source.ServerUrl.StartsWith(origin))
            .Join(db.ClientRegistrations, source => source.RegistrationId, client => (Guid?)client.Id, (_, client) => client.Issuer)
            .AnyAsync(issuer => issuer == metadata.Issuer, cancellationToken);
    }

    /// <summary>
    /// The installation has learned the issuer, the token endpoint or a sign-in at the consent page's port for a server elsewhere, in
    /// whichever workspace. Asked only of the server's own host: about other hosts the answer would tell one workspace whom another
    /// one signs in with.
    /// </summary>
    private async Task<bool> IsAnothersAsync(string own, VendorMetadata metadata, CancellationToken cancellationToken)
    {
        // Consent pages themselves are not kept: which sign-in one belongs to is seen by its origin.
        var page = Origin(metadata.AuthorizationEndpoint);
        var moved = page != own;
        if (!moved && Origin(metadata.TokenEndpoint) == own && Origin(new Uri(metadata.Issuer)) == own)
        {
            return false;
        }

        var tokenEndpoint = metadata.TokenEndpoint.OriginalString;
        return await db.Authorizations.AnyAsync(
                row => row.GrantIssuedAt != null && !row.ServerUrl.StartsWith(own)
                    && (row.Issuer == metadata.Issuer || row.TokenEndpoint == tokenEndpoint
                        || (moved && ((row.Issuer + "/").StartsWith(page) || row.TokenEndpoint.StartsWith(page)))),
                cancellationToken)
            || await db.DataSources.Where(source => !source.ServerUrl.StartsWith(own))
                .Join(db.ClientRegistrations, source => source.RegistrationId, client => (Guid?)client.Id, (_, client) => client.Issuer)
                .AnyAsync(issuer => issuer == metadata.Issuer || (moved && (issuer + "/").StartsWith(page)), cancellationToken);
    }

    /// <summary>As letters that cannot look like others.</summary>
    private static string Host(Uri place) => place.IsDefaultPort ? place.IdnHost : $"{place.IdnHost}:{place.Port}";

    private static string Origin(Uri address) => $"{address.GetLeftPart(UriPartial.Authority)}/";
}
