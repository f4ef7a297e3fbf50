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
    /// <param name="failure">Null when the vendor answered the call.</param>
    public Task NoteCallAsync(DataSource seen, McpSession session, ToolCallFailed? failure, CancellationToken cancellationToken) =>
        NoteAsync(seen, session, failure is null ? (DataSourceState.Connected, null) : After(failure), cancellationToken);

    /// <summary>A list that arrived clears nothing: it may come from memory, and a vendor that lists its tools may still fail their calls.</summary>
    public Task NoteListAsync(DataSource seen, McpSession session, ToolCallFailed? failure, CancellationToken cancellationToken) =>
        NoteAsync(seen, session, failure is null ? null : After(failure), cancellationToken);

    private static (DataSourceState State, string? Reason)? After(ToolCallFailed failure) => failure.Reason switch
    {
        ToolCallFailure.NeedsReauthorization => (DataSourceState.NeedsReauthorization, failure.Message),
        ToolCallFailure.VendorUnavailable => (DataSourceState.Degraded, failure.Message),
        _ => null,
    };

    private async Task NoteAsync(
        DataSource seen, McpSession session, (DataSourceState State, string? Reason)? noted, CancellationToken cancellationToken)
    {
        var lease = session.Bearer.Latest;
        if ((noted is null || noted == (seen.State, seen.StateReason))
            && (lease is null || (seen.GrantRefreshedAt == lease.RefreshedAt && seen.GrantExpiresAt == lease.TokenExpiresAt)))
        {
            return;
        }

        var source = await db.DataSources.SingleOrDefaultAsync(row => row.Id == seen.Id && row.GrantId == seen.GrantId, cancellationToken);
        if (source is null)
        {
            return;
        }

        var stateChanged = noted is { } next && source.Become(next.State, next.Reason);
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
