using System.Diagnostics;
using ClariBI.Contracts.CredentialVault;
using Duende.IdentityModel.Client;
using Microsoft.Extensions.Options;

namespace ClariBI.CredentialVault.Vendor;

internal abstract record RefreshAnswer
{
    internal sealed record Renewed(GrantTokens Tokens) : RefreshAnswer;

    /// <summary>The vendor said that the grant or the client is no more. Nothing else ends a grant.</summary>
    internal sealed record Ended(string Reason, GoneClient? ClientGone = null) : RefreshAnswer;

    internal sealed record Failed(string Detail) : RefreshAnswer;
}

/// <param name="Confirmed">Whether the vendor acknowledged it.</param>
internal sealed record RevocationAnswer(bool Confirmed, string Detail);

/// <summary>
/// Refresh (RFC 6749 section 6) and revocation (RFC 7009) at the vendor. The library's responses embed bodies that may hold
/// tokens: only its error codes are read, never <c>Raw</c>.
/// </summary>
internal sealed class VendorTokenEndpoint(IHttpClientFactory clients, IOptions<VaultOptions> options, TimeProvider clock)
{
    public const string HttpClientName = "vault-vendor";

    public async Task<RefreshAnswer> RefreshAsync(GrantTokens tokens, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        using var activity = VaultTelemetry.Activities.StartActivity("refresh", ActivityKind.Client);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.VendorTimeout);
        using var http = clients.CreateClient(HttpClientName);
        using var request = new RefreshTokenRequest
        {
            Address = tokens.TokenEndpoint,
            ClientId = tokens.ClientId,
            ClientSecret = tokens.ClientSecret,
            ClientCredentialStyle = Style(tokens),
            RefreshToken = tokens.RefreshToken!,
        };
        if (tokens.Resource is not null)
        {
            request.Parameters.Add("resource", tokens.Resource);
        }

        RefreshAnswer answer;
        try
        {
            var response = await http.RequestRefreshTokenAsync(request, limit.Token);
            answer = Read(response, tokens);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            answer = new RefreshAnswer.Failed($"{Host(tokens)} did not answer within {options.Value.VendorTimeout.TotalSeconds:0} seconds.");
        }

        VaultTelemetry.Refreshes.Record(
            clock.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("outcome", answer.GetType().Name));
        return answer;
    }

    /// <summary>Refresh token first: most vendors end the access token with it. Each on its own, so that one refusal hides nothing.</summary>
    public async Task<RevocationAnswer> RevokeAsync(GrantTokens tokens, string? vendorName, CancellationToken cancellationToken)
    {
        var vendor = string.IsNullOrWhiteSpace(vendorName) ? Host(tokens) : vendorName;
        if (tokens.RevocationEndpoint is null)
        {
            return new RevocationAnswer(
                false, $"{vendor} offers no way to revoke a token, so the access it gave ends by itself. It can be withdrawn in the vendor's own settings.");
        }

        var failures = new List<string>();
        if (tokens.RefreshToken is not null && await RevokeAsync(tokens, tokens.RefreshToken, "refresh_token", cancellationToken) is { } refresh)
        {
            failures.Add(refresh);
        }

        if (await RevokeAsync(tokens, tokens.AccessToken, "access_token", cancellationToken) is { } access)
        {
            failures.Add(access);
        }

        return failures.Count == 0
            ? new RevocationAnswer(true, $"{vendor} confirmed that the access is revoked.")
            : new RevocationAnswer(false, $"{vendor} did not confirm the revocation ({failures[0]}). Withdraw the access in the vendor's own settings to be sure.");
    }

    private async Task<string?> RevokeAsync(GrantTokens tokens, string token, string hint, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.VendorTimeout);
        using var http = clients.CreateClient(HttpClientName);
        using var request = new TokenRevocationRequest
        {
            Address = tokens.RevocationEndpoint,
            ClientId = tokens.ClientId,
            ClientSecret = tokens.ClientSecret,
            ClientCredentialStyle = Style(tokens),
            Token = token,
            TokenTypeHint = hint,
        };
        try
        {
            var response = await http.RevokeTokenAsync(request, limit.Token);
            return response.IsError ? Describe(response) : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "no answer in time";
        }
    }

    private RefreshAnswer Read(TokenResponse response, GrantTokens old)
    {
        if (!response.IsError && !string.IsNullOrEmpty(response.AccessToken))
        {
            DateTimeOffset? expiresAt = response.ExpiresIn > 0 ? clock.GetUtcNow().AddSeconds(response.ExpiresIn) : null;

            // RFC 6749 section 6: an answer without a refresh token leaves the old one in force.
            return new RefreshAnswer.Renewed(old with
            {
                AccessToken = response.AccessToken,
                RefreshToken = string.IsNullOrEmpty(response.RefreshToken) ? old.RefreshToken : response.RefreshToken,
                ExpiresAt = expiresAt,
                Scope = string.IsNullOrEmpty(response.Scope) ? old.Scope : response.Scope,
            });
        }

        return ErrorCode(response) switch
        {
            "invalid_grant" => new RefreshAnswer.Ended($"{Host(old)} no longer honours this access: it expired there or was withdrawn."),
            "invalid_client" => new RefreshAnswer.Ended($"{Host(old)} no longer knows ClariBI's registration.", new GoneClient(old.Issuer, old.ClientId)),
            _ => new RefreshAnswer.Failed($"{Host(old)} could not renew the access ({Describe(response)})."),
        };
    }

    /// <summary>With HTTP 401 the library reports the status only; the code of the body is in its JSON.</summary>
    private static string? ErrorCode(ProtocolResponse response) =>
        response.ErrorType == ResponseErrorType.Protocol
            ? response.Error
            : response.Json is { ValueKind: System.Text.Json.JsonValueKind.Object } json
              && json.TryGetProperty("error", out var code) && code.ValueKind == System.Text.Json.JsonValueKind.String
                ? code.GetString()
                : null;

    private static string Describe(ProtocolResponse response) => response.ErrorType switch
    {
        ResponseErrorType.Http => $"HTTP {(int)response.HttpStatusCode}",
        ResponseErrorType.Exception => "it cannot be reached",
        _ => "an answer that does not follow OAuth",
    };

    private static ClientCredentialStyle Style(GrantTokens tokens) =>
        tokens.ClientAuthentication == "client_secret_basic" ? ClientCredentialStyle.AuthorizationHeader : ClientCredentialStyle.PostBody;

    private static string Host(GrantTokens tokens) => new Uri(tokens.TokenEndpoint).Host;
}
