using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Grants;
using ClariBI.Connector.Mcp;
using ClariBI.Contracts.Connector;
using ClariBI.Messaging.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources;

/// <summary>Gives a data source its grant, and takes the one it had before back.</summary>
internal sealed partial class DataSourceConnecting(
    ConnectorStore store, IOutbox<Data.ConnectorDbContext> outbox, VaultClient vault, McpSessions sessions, ILogger<DataSourceConnecting> logger)
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
        try
        {
            await store.Db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return null;
        }

        // What was asked before there was a data source belongs to it now.
        await store.Db.Calls.Where(call => call.DataSourceId == authorization.Id)
            .ExecuteUpdateAsync(call => call.SetProperty(row => row.DataSourceId, source.Id), CancellationToken.None);
        if (replaced is { } old && wasConnected)
        {
            await RevokeAsync(old, source);
        }

        await sessions.CloseAsync(source.Id);
        return source;
    }

    private async Task RevokeAsync(Guid grantId, DataSource source)
    {
        try
        {
            await vault.RevokeAsync(grantId, source.WorkspaceId, CancellationToken.None);
        }
        catch (VaultUnavailableException)
        {
            LogOldGrantKept(grantId, source.Id);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Grant {GrantId}, which data source {DataSourceId} no longer uses, could not be revoked: the vault did not answer.")]
    private partial void LogOldGrantKept(Guid grantId, Guid dataSourceId);
}
