using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using ClariBI.Connector.Mcp;
using ClariBI.Contracts.Connector;
using ClariBI.Messaging.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Calls;

/// <summary>Keeps the shown state of a data source in step with what its calls meet.</summary>
internal sealed class DataSourceHealth(ConnectorDbContext db, IOutbox<ConnectorDbContext> outbox, TimeProvider clock)
{
    /// <param name="failure">Null when the vendor answered.</param>
    public async Task NoteAsync(DataSource seen, McpSession? session, ToolCallFailed? failure, CancellationToken cancellationToken)
    {
        var (state, reason) = failure?.Reason switch
        {
            null => (DataSourceState.Connected, null),
            ToolCallFailure.NeedsReauthorization => (DataSourceState.NeedsReauthorization, failure.Message),
            ToolCallFailure.VendorUnavailable => (DataSourceState.Degraded, failure.Message),
            _ => (seen.State, seen.StateReason),
        };
        var lease = session?.Bearer.Latest;
        if (seen.State == state && seen.StateReason == reason
            && (lease is null || (seen.GrantRefreshedAt == lease.RefreshedAt && seen.GrantExpiresAt == lease.TokenExpiresAt)))
        {
            return;
        }

        var source = await db.DataSources.SingleOrDefaultAsync(row => row.Id == seen.Id && row.GrantId == seen.GrantId, cancellationToken);
        if (source is null)
        {
            return;
        }

        var stateChanged = source.Become(state, reason);
        if (stateChanged)
        {
            outbox.Publish(new DataSourceStateChanged(source.Id, source.WorkspaceId, source.State, source.StateReason, clock.GetUtcNow()));
        }

        var observed = lease is not null && source.Observe(lease.RefreshedAt, lease.TokenExpiresAt);
        if (!stateChanged && !observed)
        {
            return;
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else wrote what they saw; the next call looks again.
            db.ChangeTracker.Clear();
        }
    }
}
