using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClariBI.Connector.Authorizations.Discovery;
using ClariBI.Connector.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Authorizations.Registration;

/// <summary>
/// Registers ClariBI once per (issuer, redirect address) and remembers it (RFC 7591). The request is our own: the library's
/// sends empty arrays that strict servers reject.
/// </summary>
internal sealed class ClientRegistrations(
    ConnectorDbContext db, IHttpClientFactory clients, ConnectorSecrets secrets, IOptions<ConnectorOptions> options, TimeProvider clock)
{
    private static readonly string[] Preferred = ["client_secret_post", "client_secret_basic", "none"];

    /// <exception cref="ConnectingException">The vendor does not register clients by itself, or refuses ours.</exception>
    public async Task<ClientRegistration> GetAsync(VendorMetadata metadata, string redirectUri, string scope, CancellationToken cancellationToken)
    {
        var known = await FindAsync(metadata.Issuer, redirectUri, cancellationToken);
        if (known is not null && !(known.SecretExpiresAt <= clock.GetUtcNow() + Authorization.Lifetime))
        {
            return known;
        }

        if (known is not null)
        {
            await ForgetAsync(known.Id, cancellationToken);
        }

        var registration = await RegisterAsync(metadata, redirectUri, scope, cancellationToken);
        db.ClientRegistrations.Add(registration);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return registration;
        }
        catch (DbUpdateException)
        {
            // Another request registered at the same moment; one of the two is enough.
            db.ChangeTracker.Clear();
            return await FindAsync(metadata.Issuer, redirectUri, cancellationToken)
                ?? throw new InvalidOperationException($"The registration at {metadata.Issuer} could not be stored.");
        }
    }

    /// <summary>The vendor no longer knows the client: the next authorization registers anew.</summary>
    public Task ForgetAsync(Guid registrationId, CancellationToken cancellationToken) =>
        db.ClientRegistrations.Where(row => row.Id == registrationId).ExecuteDeleteAsync(cancellationToken);

    private Task<ClientRegistration?> FindAsync(string issuer, string redirectUri, CancellationToken cancellationToken) =>
        db.ClientRegistrations.AsNoTracking().SingleOrDefaultAsync(
            row => row.Issuer == issuer && row.RedirectUri == redirectUri, cancellationToken);

    private async Task<ClientRegistration> RegisterAsync(VendorMetadata metadata, string redirectUri, string scope, CancellationToken cancellationToken)
    {
        var server = new Uri(metadata.Issuer);
        if (metadata.RegistrationEndpoint is null)
        {
            throw ConnectingException.Registration(server, "It offers no dynamic registration, so a client has to be registered there by hand.");
        }

        var method = Array.Find(Preferred, metadata.AuthenticationMethods.Contains)
            ?? throw ConnectingException.Registration(server, "It supports none of the ways in which ClariBI can authenticate.");
        var answer = await PostAsync(metadata.RegistrationEndpoint, new RegistrationRequest(
            "ClariBI", [redirectUri], ["authorization_code", "refresh_token"], ["code"], method, "web", scope), cancellationToken);

        // What the server grants counts, not what was asked for.
        var granted = answer.TokenEndpointAuthMethod ?? (answer.ClientSecret is null ? "none" : method);
        if (string.IsNullOrEmpty(answer.ClientId) || !Preferred.Contains(granted) || (granted != "none" && string.IsNullOrEmpty(answer.ClientSecret)))
        {
            throw ConnectingException.Registration(server, "Its answer holds no client that ClariBI can use.");
        }

        var id = Guid.CreateVersion7();
        return new ClientRegistration
        {
            Id = id,
            Issuer = metadata.Issuer,
            RedirectUri = redirectUri,
            ClientId = answer.ClientId,
            SealedSecret = granted == "none" ? null : secrets.Seal(answer.ClientSecret!, $"client:{id:N}"),
            AuthenticationMethod = granted,
            SecretExpiresAt = answer.ClientSecretExpiresAt > 0 ? DateTimeOffset.FromUnixTimeSeconds(answer.ClientSecretExpiresAt) : null,
            RegisteredAt = clock.GetUtcNow(),
        };
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
                throw (int)response.StatusCode >= 500
                    ? ConnectingException.Unreachable(endpoint, AuthorizationStep.Register, $"It answered HTTP {(int)response.StatusCode} to the registration.")
                    : ConnectingException.Registration(endpoint, $"It answered HTTP {(int)response.StatusCode}.");
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

    private sealed record RegistrationRequest(
        [property: JsonPropertyName("client_name")] string ClientName,
        [property: JsonPropertyName("redirect_uris")] IReadOnlyList<string> RedirectUris,
        [property: JsonPropertyName("grant_types")] IReadOnlyList<string> GrantTypes,
        [property: JsonPropertyName("response_types")] IReadOnlyList<string> ResponseTypes,
        [property: JsonPropertyName("token_endpoint_auth_method")] string AuthenticationMethod,
        [property: JsonPropertyName("application_type")] string ApplicationType,
        [property: JsonPropertyName("scope")] string Scope);

    private sealed record RegistrationAnswer(
        [property: JsonPropertyName("client_id")] string? ClientId,
        [property: JsonPropertyName("client_secret")] string? ClientSecret,
        [property: JsonPropertyName("token_endpoint_auth_method")] string? TokenEndpointAuthMethod,
        [property: JsonPropertyName("client_secret_expires_at")] long ClientSecretExpiresAt);
}
