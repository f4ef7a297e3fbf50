using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClariBI.Connector.Authorizations.Discovery;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Authorizations.Registration;

/// <param name="Method">How the client authenticates: the server's word, ours where it says nothing.</param>
/// <param name="SecretExpiresAt">Null when it does not.</param>
internal sealed record RegisteredClient(string Id, string? Secret, string Method, DateTimeOffset? SecretExpiresAt);

/// <summary>RFC 7591. The request is our own: the library's sends empty arrays that strict servers reject.</summary>
internal sealed class DynamicRegistration(IHttpClientFactory clients, IOptions<ConnectorOptions> options)
{
    /// <exception cref="ConnectingException">The vendor refuses, or answers what cannot be used.</exception>
    public async Task<RegisteredClient> RegisterAsync(ClientWanted wanted, CancellationToken cancellationToken)
    {
        var metadata = wanted.Metadata;
        var endpoint = metadata.RegistrationEndpoint!;
        var method = ClientMethods.Register(metadata.AuthenticationMethods)
            ?? throw ConnectingException.Registration(endpoint, "It supports none of the ways in which ClariBI can authenticate.");
        var answer = await PostAsync(endpoint, new RegistrationRequest(
            "ClariBI", options.Value.PublicUrl, [wanted.RedirectUri], ["authorization_code", "refresh_token"], ["code"], method, "web",
            wanted.Scope.Length == 0 ? null : wanted.Scope), cancellationToken);
        if (string.IsNullOrEmpty(answer.ClientId))
        {
            throw ConnectingException.Registration(endpoint, "Its answer names no client id.");
        }

        // RFC 7591 section 3.2.1: the server may have replaced what was asked for.
        var granted = string.IsNullOrEmpty(answer.TokenEndpointAuthMethod)
            ? string.IsNullOrEmpty(answer.ClientSecret) ? ClientMethods.None : method
            : answer.TokenEndpointAuthMethod;
        if (!ClientMethods.All.Contains(granted))
        {
            throw ConnectingException.Registration(endpoint, $"It wants ClariBI to authenticate with {Printable(granted)}, which ClariBI does not support.");
        }

        if (granted != ClientMethods.None && string.IsNullOrEmpty(answer.ClientSecret))
        {
            throw ConnectingException.Registration(endpoint, $"It wants ClariBI to authenticate with {granted} and gave it no secret to use.");
        }

        return new RegisteredClient(
            answer.ClientId, granted == ClientMethods.None ? null : answer.ClientSecret, granted,
            answer.ClientSecretExpiresAt is > 0 and < 253402300800 ? DateTimeOffset.FromUnixTimeSeconds(answer.ClientSecretExpiresAt) : null);
    }

    private async Task<RegistrationAnswer> PostAsync(Uri endpoint, RegistrationRequest body, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.OAuthTimeout);
        try
        {
            using var http = clients.CreateClient(ConnectorModule.OAuthHttpClient);
            using var response = await http.PostAsJsonAsync(endpoint, body, limit.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw (int)response.StatusCode is >= 500 or 429
                    ? ConnectingException.Unreachable(endpoint, AuthorizationStep.Register, $"It answered HTTP {(int)response.StatusCode} to the registration.")
                    : ConnectingException.Registration(
                        endpoint, $"It answered HTTP {(int)response.StatusCode}{await ReasonAsync(response, limit.Token)}. A client can be registered there by hand and given here.");
            }

            return await response.Content.ReadFromJsonAsync<RegistrationAnswer>(limit.Token)
                ?? throw ConnectingException.Registration(endpoint, "Its answer is empty.");
        }
        catch (JsonException)
        {
            throw ConnectingException.Registration(endpoint, "Its answer is not JSON.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw ConnectingException.Unreachable(endpoint, AuthorizationStep.Register, "The connection failed.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw ConnectingException.Unreachable(endpoint, AuthorizationStep.Register, $"It did not answer within {options.Value.OAuthTimeout.TotalSeconds:0} seconds.");
        }
    }

    /// <summary>RFC 7591 section 3.2.2: the code is one of a few words, and nothing else of the answer is shown.</summary>
    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var json = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return json.ValueKind == JsonValueKind.Object && MetadataReader.Text(json, "error") is { Length: > 0 } code ? $" ({Printable(code)})" : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string Printable(string word) =>
        new([.. word.Where(sign => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-' or '.').Take(60)]);

    private sealed record RegistrationRequest(
        [property: JsonPropertyName("client_name")] string ClientName,
        [property: JsonPropertyName("client_uri")] string ClientUri,
        [property: JsonPropertyName("redirect_uris")] IReadOnlyList<string> RedirectUris,
        [property: JsonPropertyName("grant_types")] IReadOnlyList<string> GrantTypes,
        [property: JsonPropertyName("response_types")] IReadOnlyList<string> ResponseTypes,
        [property: JsonPropertyName("token_endpoint_auth_method")] string AuthenticationMethod,
        [property: JsonPropertyName("application_type")] string ApplicationType,
        [property: JsonPropertyName("scope"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Scope);

    private sealed record RegistrationAnswer(
        [property: JsonPropertyName("client_id")] string? ClientId,
        [property: JsonPropertyName("client_secret")] string? ClientSecret,
        [property: JsonPropertyName("token_endpoint_auth_method")] string? TokenEndpointAuthMethod,
        [property: JsonPropertyName("client_secret_expires_at")] long ClientSecretExpiresAt);
}
