using System.Text.Json;
using ClariBI.ServiceDefaults.Outbound;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Authorizations.Discovery;

/// <summary>Reads the metadata of a resource's authorization servers (RFC 8414, OpenID Connect Discovery) and takes the first that works.</summary>
internal sealed class AuthorizationServers(MetadataReader documents, IOptions<OutboundOptions> outbound)
{
    /// <exception cref="ConnectingException">None of them can be used; the sentence is about the first.</exception>
    public async Task<VendorMetadata> ChooseAsync(Uri server, ProtectedResource resource, CancellationToken cancellationToken)
    {
        Exception? first = null;
        foreach (var issuer in resource.Issuers)
        {
            try
            {
                return await FindAsync(server, issuer, cancellationToken) is { } metadata
                    ? metadata with { Resource = resource.Resource, ResourceScopes = resource.Scopes }
                    : throw ConnectingException.Discovery(server, $"The authorization server {issuer} publishes no metadata (RFC 8414).");
            }
            catch (Exception exception) when (exception is ConnectingException or HttpRequestException or IOException)
            {
                // The client may choose among several (RFC 9728 section 7.6).
                first ??= exception;
            }
        }

        throw first!;
    }

    /// <summary>Revision 2025-03-26: the server's own origin is the authorization server, at addresses that everybody knew.</summary>
    public async Task<VendorMetadata> AtOriginAsync(Uri server, CancellationToken cancellationToken)
    {
        var origin = server.GetLeftPart(UriPartial.Authority);
        return await FindAsync(server, origin, cancellationToken) is { } published
            ? published
            : new VendorMetadata(
                null, origin, Checked(server, "authorization_endpoint", $"{origin}/authorize"), Checked(server, "token_endpoint", $"{origin}/token"),
                Checked(server, "registration_endpoint", $"{origin}/register"), null, null, ["client_secret_post", "client_secret_basic", "none"], SendsIssuer: false);
    }

    /// <returns>Null when the issuer publishes nothing.</returns>
    private async Task<VendorMetadata?> FindAsync(Uri server, string issuer, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var issuerUri))
        {
            throw ConnectingException.Discovery(server, "The authorization server it names is not an address.");
        }

        foreach (var address in WellKnown.AuthorizationServer(issuerUri))
        {
            if (await documents.GetAsync(address, cancellationToken) is { } metadata)
            {
                return Read(server, issuer, address, metadata);
            }
        }

        return null;
    }

    private VendorMetadata Read(Uri server, string issuer, Uri address, JsonElement metadata)
    {
        // RFC 8414 section 3.3: identical, character for character.
        if (MetadataReader.Text(metadata, "issuer") != issuer)
        {
            throw ConnectingException.Discovery(server, $"The metadata at {address} belongs to another issuer than {issuer}.");
        }

        if (!MetadataReader.Texts(metadata, "code_challenge_methods_supported").Contains("S256"))
        {
            throw ConnectingException.Discovery(server, "Its authorization server does not support PKCE with S256.");
        }

        return new VendorMetadata(
            null,
            issuer,
            Endpoint(server, metadata, "authorization_endpoint") ?? throw ConnectingException.Discovery(server, "Its metadata lacks the authorization endpoint."),
            Endpoint(server, metadata, "token_endpoint") ?? throw ConnectingException.Discovery(server, "Its metadata lacks the token endpoint."),
            Endpoint(server, metadata, "registration_endpoint"),
            Endpoint(server, metadata, "revocation_endpoint"),
            MetadataReader.ListedTexts(metadata, "scopes_supported"),
            MetadataReader.Texts(metadata, "token_endpoint_auth_methods_supported") is { Count: > 0 } methods ? methods : ["client_secret_basic"],
            MetadataReader.IsTrue(metadata, "authorization_response_iss_parameter_supported"),
            MetadataReader.IsTrue(metadata, "client_id_metadata_document_supported"));
    }

    private Uri? Endpoint(Uri server, JsonElement metadata, string name) =>
        MetadataReader.Text(metadata, name) is { } text ? Checked(server, name, text) : null;

    /// <summary>The browser is sent to one of these, secrets to another: only https, or an origin that the operator has allowed.</summary>
    private Uri Checked(Uri server, string name, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        // A dot at the end names the same host in other letters: nobody writes it but to be taken for another.
        && !address.IdnHost.EndsWith('.')
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && outbound.Value.Allows(address)))
        && address.UserInfo.Length == 0 && address.Fragment.Length == 0
            ? address
            : throw ConnectingException.Discovery(server, $"The {name} in its metadata is not an https address.");
}
