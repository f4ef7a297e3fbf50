using ClariBI.Connector.Authorizations.Registration;
using ClariBI.Contracts.CredentialVault;
using Duende.IdentityModel.Client;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Authorizations;

internal abstract record ExchangeAnswer
{
    internal sealed record Granted(GrantTokens Tokens) : ExchangeAnswer;

    /// <param name="ClientIsGone">The vendor said <c>invalid_client</c>: the registration must be made anew.</param>
    internal sealed record Refused(string Detail, bool ClientIsGone) : ExchangeAnswer;
}

/// <summary>
/// Spends the code (RFC 6749 section 4.1.3, RFC 7636, RFC 8707). The library's answers embed bodies that may hold tokens: only
/// its error codes are read.
/// </summary>
internal sealed class CodeExchange(
    IHttpClientFactory clients, ConnectorSecrets secrets, IOptions<ConnectorOptions> options, TimeProvider clock)
{
    public async Task<ExchangeAnswer> ExchangeAsync(
        Authorization authorization, ClientRegistration client, string code, string verifier, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.OAuthTimeout);
        using var http = clients.CreateClient(ConnectorModule.OAuthHttpClient);
        var secret = client.SealedSecret is null ? null : secrets.Open(client.SealedSecret, client.SecretBinding);
        using var request = new AuthorizationCodeTokenRequest
        {
            Address = authorization.TokenEndpoint,
            ClientId = client.ClientId,
            ClientSecret = secret,
            ClientCredentialStyle = Style(client.AuthenticationMethod),
            Code = code,
            CodeVerifier = verifier,
            RedirectUri = authorization.RedirectUri,
        };
        request.Parameters.Add("resource", authorization.Resource);
        try
        {
            var response = await http.RequestAuthorizationCodeTokenAsync(request, limit.Token);
            return response.IsError || string.IsNullOrEmpty(response.AccessToken)
                ? Refuse(response, new Uri(authorization.TokenEndpoint).Host)
                : new ExchangeAnswer.Granted(Read(response, authorization, client, secret));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ExchangeAnswer.Refused($"It did not answer within {options.Value.OAuthTimeout.TotalSeconds:0} seconds.", ClientIsGone: false);
        }
    }

    /// <summary>For tokens that the vault could not take: nobody will be able to revoke them later.</summary>
    public async Task RevokeAsync(GrantTokens tokens, CancellationToken cancellationToken)
    {
        if (tokens.RevocationEndpoint is null)
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.OAuthTimeout);
        foreach (var token in new[] { tokens.RefreshToken, tokens.AccessToken }.OfType<string>())
        {
            using var http = clients.CreateClient(ConnectorModule.OAuthHttpClient);
            using var request = new TokenRevocationRequest
            {
                Address = tokens.RevocationEndpoint,
                ClientId = tokens.ClientId,
                ClientSecret = tokens.ClientSecret,
                ClientCredentialStyle = Style(tokens.ClientAuthentication),
                Token = token,
            };
            await http.RevokeTokenAsync(request, limit.Token);
        }
    }

    private GrantTokens Read(TokenResponse response, Authorization authorization, ClientRegistration client, string? secret) => new(
        response.AccessToken!,
        string.IsNullOrEmpty(response.RefreshToken) ? null : response.RefreshToken,
        response.ExpiresIn > 0 ? clock.GetUtcNow().AddSeconds(response.ExpiresIn) : null,
        string.IsNullOrEmpty(response.Scope) ? authorization.Scope : response.Scope,
        authorization.Issuer,
        authorization.TokenEndpoint,
        authorization.RevocationEndpoint,
        authorization.Resource,
        client.ClientId,
        secret,
        client.AuthenticationMethod);

    private static ExchangeAnswer.Refused Refuse(TokenResponse response, string host)
    {
        var code = response.ErrorType == ResponseErrorType.Protocol ? response.Error : CodeInBody(response);
        return code switch
        {
            "invalid_client" => new($"{host} no longer knows ClariBI's registration. The next attempt registers again.", ClientIsGone: true),
            "invalid_grant" => new($"{host} no longer accepts the code it gave: it expired or was used before.", ClientIsGone: false),
            _ => new(response.ErrorType switch
            {
                ResponseErrorType.Exception => $"{host} cannot be reached.",
                ResponseErrorType.Http => $"{host} answered HTTP {(int)response.HttpStatusCode}.",
                _ => $"{host} refused to give an access token.",
            }, ClientIsGone: false),
        };
    }

    /// <summary>With HTTP 401 the library reports the status only; the code of the body is in its JSON.</summary>
    private static string? CodeInBody(TokenResponse response) =>
        response.Json is { ValueKind: System.Text.Json.JsonValueKind.Object } json
        && json.TryGetProperty("error", out var code) && code.ValueKind == System.Text.Json.JsonValueKind.String
            ? code.GetString()
            : null;

    private static ClientCredentialStyle Style(string method) =>
        method == "client_secret_basic" ? ClientCredentialStyle.AuthorizationHeader : ClientCredentialStyle.PostBody;
}
