using ClariBI.Connector.Authorizations.Registration;
using ClariBI.Contracts.CredentialVault;
using ClariBI.ServiceDefaults.OAuth;
using Duende.IdentityModel.Client;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Authorizations;

internal abstract record ExchangeAnswer
{
    internal sealed record Granted(GrantTokens Tokens) : ExchangeAnswer;

    /// <param name="Code">The vendor's own (RFC 6749 section 5.2); null when it gave none.</param>
    internal sealed record Refused(string Detail, string? Code = null) : ExchangeAnswer
    {
        /// <summary>The registration must be made anew.</summary>
        public bool ClientIsGone => Code == "invalid_client";
    }
}

/// <param name="Methods">How the token endpoint lets clients authenticate.</param>
internal sealed record ServiceCredentials(string ClientId, string ClientSecret, IReadOnlyList<string> Methods);

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
        using var http = clients.CreateClient(ConnectorModule.OAuthHttpClient);
        var secret = client.SealedSecret is null ? null : secrets.Open(client.SealedSecret, client.SecretBinding);
        using var request = new AuthorizationCodeTokenRequest
        {
            Address = authorization.TokenEndpoint,
            ClientId = client.ClientId,
            ClientSecret = secret,
            ClientCredentialStyle = TokenEndpointAnswers.Style(client.AuthenticationMethod),
            Code = code,
            CodeVerifier = verifier,
            RedirectUri = authorization.RedirectUri,
        };
        return await SendAsync(
            authorization, new TokenClient(client.ClientId, secret, client.AuthenticationMethod, "authorization_code"), request,
            token => http.RequestAuthorizationCodeTokenAsync(request, token), cancellationToken);
    }

    /// <summary>Asks for a token with a service account's own credentials (RFC 6749 section 4.4).</summary>
    public async Task<ExchangeAnswer> AskForServiceAsync(Authorization authorization, ServiceCredentials credentials, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(ConnectorModule.OAuthHttpClient);
        var method = ClientMethods.For(credentials.ClientSecret, credentials.Methods);
        using var request = new ClientCredentialsTokenRequest
        {
            Address = authorization.TokenEndpoint,
            ClientId = credentials.ClientId,
            ClientSecret = credentials.ClientSecret,
            ClientCredentialStyle = TokenEndpointAnswers.Style(method),
            Scope = authorization.Scope.Length == 0 ? null : authorization.Scope,
        };
        return await SendAsync(
            authorization, new TokenClient(credentials.ClientId, credentials.ClientSecret, method, "client_credentials"), request,
            token => http.RequestClientCredentialsTokenAsync(request, token), cancellationToken);
    }

    private async Task<ExchangeAnswer> SendAsync(
        Authorization authorization, TokenClient client, ProtocolRequest request, Func<CancellationToken, Task<TokenResponse>> send,
        CancellationToken cancellationToken)
    {
        if (authorization.Resource.Length > 0)
        {
            request.Parameters.Add("resource", authorization.Resource);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.OAuthTimeout);
        try
        {
            var response = await send(limit.Token);
            return response.IsError || string.IsNullOrEmpty(response.AccessToken)
                ? Refuse(response, new Uri(authorization.TokenEndpoint).Host)
                : new ExchangeAnswer.Granted(Read(response, authorization, client));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ExchangeAnswer.Refused($"It did not answer within {options.Value.OAuthTimeout.TotalSeconds:0} seconds.");
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
                ClientCredentialStyle = TokenEndpointAnswers.Style(tokens.ClientAuthentication),
                Token = token,
            };
            await http.RevokeTokenAsync(request, limit.Token);
        }
    }

    private GrantTokens Read(TokenResponse response, Authorization authorization, TokenClient client) => new(
        response.AccessToken!,
        string.IsNullOrEmpty(response.RefreshToken) || client.GrantType == "client_credentials" ? null : response.RefreshToken,
        response.ExpiresIn > 0 ? clock.GetUtcNow().AddSeconds(response.ExpiresIn) : null,
        string.IsNullOrEmpty(response.Scope) ? authorization.Scope : response.Scope,
        authorization.Issuer,
        authorization.TokenEndpoint,
        authorization.RevocationEndpoint,
        authorization.Resource.Length == 0 ? null : authorization.Resource,
        client.Id,
        client.Secret,
        client.Method,
        client.GrantType);

    private static ExchangeAnswer.Refused Refuse(TokenResponse response, string host)
    {
        var code = TokenEndpointAnswers.ErrorCode(response);
        return code switch
        {
            "invalid_client" => new($"{host} no longer knows ClariBI's registration. The next attempt registers again.", code),
            "invalid_grant" => new($"{host} no longer accepts the code it gave: it expired or was used before.", code),
            "invalid_scope" => new($"{host} does not have one of the scopes that were asked for. The next attempt asks for less.", code),
            "unauthorized_client" => new($"{host} does not allow this client to ask in this way.", code),
            _ => new(response.ErrorType switch
            {
                ResponseErrorType.Exception => $"{host} cannot be reached.",
                ResponseErrorType.Http => $"{host} answered HTTP {(int)response.HttpStatusCode}.",
                _ => $"{host} refused to give an access token.",
            }, code),
        };
    }

    private sealed record TokenClient(string Id, string? Secret, string Method, string GrantType);
}
