using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Grants;
using ClariBI.Connector.Mcp;
using ClariBI.Contracts.Connector;
using ClariBI.Contracts.CredentialVault;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources;

/// <summary>The credential goes first; only then is the data source called disconnected.</summary>
internal sealed class DataSourceEnding(ConnectorDbContext db, VaultClient vault, SessionCaches caches, DataSourceStates states)
{
    private const int Attempts = 10;

    /// <returns>As it is now; null when it was deleted meanwhile.</returns>
    /// <exception cref="VaultUnavailableException">The credential may still be there; disconnect again.</exception>
    public async Task<DataSource?> DisconnectAsync(DataSource source, string vendorName, Caller caller, CancellationToken cancellationToken)
    {
        GrantRevoked? revoked = null;
        for (var attempt = 1; ; attempt++)
        {
            if (revoked?.GrantId != source.GrantId)
            {
                // Before the credential is gone: closing a session takes a token.
                await caches.ForgetAsync(source.Id);
                revoked = await vault.RevokeAsync(source.GrantId, source.WorkspaceId, cancellationToken, vendorName);
            }

            await states.DisconnectAsync(source, revoked, caller.Name);
            try
            {
                // The credential is deleted by now, so leaving half-way is no longer an option.
                await db.SaveChangesAsync(CancellationToken.None);
                return source;
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Somebody wrote at the same moment. If it was a reconnect, there is another credential to delete.
                db.ChangeTracker.Clear();
            }

            var now = await db.DataSources.SingleOrDefaultAsync(row => row.Id == source.Id, CancellationToken.None);
            if (now is null || now.State == DataSourceState.Disconnected)
            {
                return now;
            }

            source = now;
        }
    }

    /// <exception cref="VaultUnavailableException">The vault did not answer.</exception>
    public Task RevokeAsync(Guid grantId, Guid workspaceId) => vault.RevokeAsync(grantId, workspaceId, CancellationToken.None);

    /// <summary>A command for the outbox: for a grant that nobody waits for.</summary>
    public RevokeGrant Revocation(Guid grantId, Guid workspaceId) => vault.Revocation(grantId, workspaceId);

    public Task ForgetSessionsAsync(Guid sourceId) => caches.ForgetAsync(sourceId);
}
