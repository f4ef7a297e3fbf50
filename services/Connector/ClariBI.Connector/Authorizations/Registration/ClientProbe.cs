using ClariBI.Connector.Authorizations.Discovery;
using ClariBI.ServiceDefaults.OAuth;
using Duende.IdentityModel.Client;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Authorizations.Registration;

/// <summary>
/// Asks a token endpoint whether it still knows a client, with a refresh token that cannot exist: <c>invalid_grant</c> is the
/// answer to a client that it knows. Sent before a person is sent to a page that might only say "unknown client".
/// </summary>
internal sealed class ClientProbe(IHttpClientFactory clients, ConnectorSecrets secrets, IOptions<ConnectorOptions> options)
{
    /// <summary>The only code that means so; <c>unauthorized_client</c> speaks of the kind of grant (RFC 6749 section 5.2).</summary>
    public const string Gone = "invalid_client";

    /// <returns>True only when the vendor says so; an outage proves nothing.</returns>
    public async Task<bool> IsGoneAsync(ClientRegistration client, VendorMetadata metadata, CancellationToken cancellationToken) =>
        await AskAsync(client, metadata, cancellationToken) == Gone;

    /// <returns>The code that the vendor answers with; null when there was none to read.</returns>
    public async Task<string?> AskAsync(ClientRegistration client, VendorMetadata metadata, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.OAuthTimeout);
        using var http = clients.CreateClient(ConnectorModule.OAuthHttpClient);
        using var request = new RefreshTokenRequest
        {
            Address = metadata.TokenEndpoint.OriginalString,
            ClientId = client.ClientId,
            ClientSecret = client.SealedSecret is null ? null : secrets.Open(client.SealedSecret, client.SecretBinding),
            ClientCredentialStyle = TokenEndpointAnswers.Style(client.AuthenticationMethod),
            RefreshToken = $"probe-{ConnectorSecrets.Random()}",
        };
        if (metadata.Resource is not null)
        {
            request.Parameters.Add("resource", metadata.Resource);
        }

        try
        {
            return TokenEndpointAnswers.ErrorCode(await http.RequestRefreshTokenAsync(request, limit.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
