using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Grants;
using ClariBI.Connector.Mcp;
using ClariBI.Contracts.Connector;
using ClariBI.Contracts.CredentialVault;
using ClariBI.Messaging.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources;

/// <summary>Gives a data source its grant, and takes the one it had before back.</summary>
internal sealed class DataSourceConnecting(
    ConnectorStore store, IOutbox<Data.ConnectorDbContext> outbox, VaultClient vault, McpSessions sessions)
{
    /// <returns>Null when another request finished the authorization first.</returns>
    public async Task<DataSource?> ConnectAsync(
        Authorization authorization, DataSource? reconnected, string name, VendorProject? project, CancellationToken cancellationToken)
    {
        var now = store.Clock.GetUtcNow();
        var (replaced, wasConnected) = (reconnected?.GrantId, reconnected is { State: not DataSourceState.Disconnected });
        var source = reconnected ?? DataSource.Create(authorization, name, project, now);
        if (reconnected is null)
        {
            store.Db.DataSources.Add(source);
        }
        else
        {
            source.Connect(authorization, name, project);
            outbox.Publish(new DataSourceStateChanged(source.Id, source.WorkspaceId, source.State, source.StateReason, now));
        }

        authorization.Finish();
        outbox.Publish(new DataSourceConnected(source.Id, source.WorkspaceId, now));
        if (replaced is { } old && wasConnected)
        {
            // With the save: a grant that nothing points to any more must not live on because this process died.
            outbox.Send(VaultQueues.RevokeGrant, vault.Revocation(old, source.WorkspaceId));
        }

        try
        {
            await store.Db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return null;
        }

        await sessions.CloseAsync(source.Id);
        return source;
    }
}
