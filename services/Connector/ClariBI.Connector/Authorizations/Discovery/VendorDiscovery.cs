using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using ClariBI.ServiceDefaults.Outbound;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Authorizations.Discovery;

/// <summary>
/// Finds out how a server is authorized: its 401 challenge, the protected-resource metadata (RFC 9728), the metadata of its
/// authorization server (RFC 8414). Every address comes from outside and goes through the guarded client.
/// </summary>
internal sealed class VendorDiscovery(IHttpClientFactory clients, IOptions<ConnectorOptions> options, IOptions<OutboundOptions> outbound)
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"ClariBI","version":"0.1.0"}}}""";

    /// <exception cref="ConnectingException">With a sentence that says what the vendor lacks.</exception>
    public async Task<VendorMetadata> DiscoverAsync(Uri server, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.OAuthTimeout);
        try
        {
            var (resource, issuer) = await FindResourceAsync(server, limit.Token);
            return await FindAuthorizationServerAsync(server, resource, issuer, limit.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw ConnectingException.Unreachable(server, AuthorizationStep.Discover, exception is OutboundRefusedException ? exception.Message : "The connection failed.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw ConnectingException.Unreachable(server, AuthorizationStep.Discover, $"It did not answer within {options.Value.OAuthTimeout.TotalSeconds:0} seconds.");
        }
    }

    private async Task<(string Resource, string Issuer)> FindResourceAsync(Uri server, CancellationToken cancellationToken)
    {
        var announced = await ChallengeAsync(server, cancellationToken);
        var candidates = announced is null ? WellKnown.ProtectedResource(server) : [announced, .. WellKnown.ProtectedResource(server)];
        foreach (var address in candidates.Distinct())
        {
            if (await GetAsync(address, cancellationToken) is not { } metadata)
            {
                continue;
            }

            if (Text(metadata, "resource") is not { } resource || !WellKnown.Covers(resource, server))
            {
                throw ConnectingException.Discovery(
                    server, $"Its metadata at {address} is for another resource than {server}. A token for it must not be sent here.");
            }

            return Texts(metadata, "authorization_servers") is [var issuer, ..]
                ? (resource, issuer)
                : throw ConnectingException.Discovery(server, $"Its metadata at {address} names no authorization server.");
        }

        throw ConnectingException.Discovery(server, "It publishes no protected-resource metadata (RFC 9728).");
    }

    /// <returns>The metadata address that the server names in its refusal, where it does.</returns>
    private async Task<Uri?> ChallengeAsync(Uri server, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(ConnectorModule.OAuthHttpClient);
        using var request = new HttpRequestMessage(HttpMethod.Post, server);
        request.Content = new StringContent(Initialize, Encoding.UTF8, MediaTypeNames.Application.Json);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypeNames.Application.Json));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode >= HttpStatusCode.InternalServerError)
        {
            throw ConnectingException.Unreachable(server, AuthorizationStep.Discover, $"It answered HTTP {(int)response.StatusCode}.");
        }

        return response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var headers)
            && headers.Select(BearerChallenge.Parse).OfType<IReadOnlyDictionary<string, string>>().FirstOrDefault() is { } challenge
            && challenge.TryGetValue("resource_metadata", out var address)
            && Uri.TryCreate(address, UriKind.Absolute, out var metadata)
            ? metadata
            : null;
    }

    private async Task<VendorMetadata> FindAuthorizationServerAsync(Uri server, string resource, string issuer, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var issuerUri))
        {
            throw ConnectingException.Discovery(server, "The authorization server it names is not an address.");
        }

        foreach (var address in WellKnown.AuthorizationServer(issuerUri))
        {
            if (await GetAsync(address, cancellationToken) is not { } metadata)
            {
                continue;
            }

            // RFC 8414 section 3.3: identical, character for character.
            if (Text(metadata, "issuer") != issuer)
            {
                throw ConnectingException.Discovery(server, $"The metadata at {address} belongs to another issuer than {issuer}.");
            }

            if (!Texts(metadata, "code_challenge_methods_supported").Contains("S256"))
            {
                throw ConnectingException.Discovery(server, "Its authorization server does not support PKCE with S256.");
            }

            return new VendorMetadata(
                resource,
                issuer,
                Endpoint(server, metadata, "authorization_endpoint") ?? throw ConnectingException.Discovery(server, "Its metadata lacks the authorization endpoint."),
                Endpoint(server, metadata, "token_endpoint") ?? throw ConnectingException.Discovery(server, "Its metadata lacks the token endpoint."),
                Endpoint(server, metadata, "registration_endpoint"),
                Endpoint(server, metadata, "revocation_endpoint"),
                metadata.TryGetProperty("scopes_supported", out _) ? Texts(metadata, "scopes_supported") : null,
                Texts(metadata, "token_endpoint_auth_methods_supported") is { Count: > 0 } methods ? methods : ["client_secret_basic"],
                metadata.TryGetProperty("authorization_response_iss_parameter_supported", out var iss) && iss.ValueKind == JsonValueKind.True);
        }

        throw ConnectingException.Discovery(server, $"The authorization server {issuer} publishes no metadata (RFC 8414).");
    }

    /// <summary>The browser is sent to one of these: only https, or an origin that the operator has allowed.</summary>
    private Uri? Endpoint(Uri server, JsonElement metadata, string name)
    {
        if (Text(metadata, name) is not { } text)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || outbound.Value.Allows(address))
            ? address
            : throw ConnectingException.Discovery(server, $"The {name} in its metadata is not an https address.");
    }

    private async Task<JsonElement?> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(ConnectorModule.OAuthHttpClient);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypeNames.Application.Json));
        using var response = await http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return null;
        }

        try
        {
            var json = await JsonSerializer.DeserializeAsync<JsonElement>(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            return json.ValueKind == JsonValueKind.Object ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<string> Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var values) && values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!)]
            : [];
}
