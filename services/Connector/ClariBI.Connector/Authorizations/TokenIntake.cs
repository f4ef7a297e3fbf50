using ClariBI.Connector.Authorizations.Registration;
using ClariBI.Connector.Grants;
using ClariBI.Contracts.CredentialVault;

namespace ClariBI.Connector.Authorizations;

/// <summary>The only place of the Connector where fresh tokens pass: from the vendor's answer straight into the vault.</summary>
internal sealed partial class TokenIntake(CodeExchange exchange, ConnectorSecrets secrets, VaultClient vault, ILogger<TokenIntake> logger)
{
    /// <summary>The sealed PKCE verifier of the callback at hand; its row has forgotten it by now.</summary>
    public string? Verifier { get; set; }

    public Task<ExchangeAnswer> ExchangeAsync(Authorization authorization, ClientRegistration client, string code, CancellationToken cancellationToken) =>
        exchange.ExchangeAsync(authorization, client, code, secrets.Open(Verifier!, $"verifier:{authorization.Id:N}"), cancellationToken);

    /// <exception cref="StepFailedException">The vault did not confirm that it took the tokens; they were revoked.</exception>
    public async Task<GrantStored> StoreAsync(Authorization authorization, GrantTokens tokens, CancellationToken cancellationToken)
    {
        try
        {
            return await vault.StoreAsync(authorization.GrantId, authorization.WorkspaceId, authorization.Vendor, tokens, cancellationToken);
        }
        catch (VaultUnavailableException unavailable)
        {
            await GiveBackAsync(authorization, tokens);
            throw new StepFailedException(AuthorizationStep.Store, "The access could not be stored.", $"{unavailable.Message} Nothing was kept. Start over.");
        }
    }

    /// <returns>False when the vault did not answer.</returns>
    public async Task<bool> RevokeAsync(Authorization authorization)
    {
        try
        {
            await vault.RevokeAsync(authorization.GrantId, authorization.WorkspaceId, CancellationToken.None);
            return true;
        }
        catch (VaultUnavailableException)
        {
            return false;
        }
    }

    /// <summary>Revokes tokens that the vault does not hold.</summary>
    public async Task GiveBackAsync(Authorization authorization, GrantTokens tokens)
    {
        try
        {
            await exchange.RevokeAsync(tokens, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            LogNotRevoked(authorization.Id);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The vendor did not answer when authorization {AuthorizationId} gave its tokens back.")]
    private partial void LogNotRevoked(Guid authorizationId);
}
