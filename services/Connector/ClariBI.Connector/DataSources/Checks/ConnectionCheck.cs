using ClariBI.Connector.Calls;
using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Tools;
using ClariBI.Contracts.Connector;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.DataSources.Checks;

/// <summary>
/// One look at one data source: its list of tools, and while it is degraded a harmless call too, since a vendor that lists its
/// tools may still fail their calls.
/// </summary>
internal sealed class ConnectionCheck(
    ConnectorDbContext db, DataSourceTools tools, ToolInventory inventory, DataSourceHealth health, IOptions<ConnectionLifeOptions> options)
{
    public const string RequestedBy = "ClariBI (connection check)";

    /// <returns>Between half and all of a time.</returns>
    public static TimeSpan Jitter(TimeSpan most) => most * (0.5 + (Random.Shared.NextDouble() / 2));

    public async Task RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var source = await db.DataSources.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (source is null || source.State is not (DataSourceState.Connected or DataSourceState.Degraded))
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.CheckTimeout);
        using var open = tools.Open(source);
        var failure = await ListAsync(source, open.Session, limit.Token);
        cancellationToken.ThrowIfCancellationRequested();
        await health.NoteReachableAsync(source, failure, cancellationToken);
        if (failure is not null)
        {
            await health.NoteListAsync(source, open.Session.Bearer.Latest, failure, cancellationToken);
        }
        else if (source.State == DataSourceState.Degraded && !await inventory.CallAsync(source, RequestedBy, options.Value.CheckTimeout, cancellationToken))
        {
            // Nothing harmless to call: the list is all there is to go by.
            await health.NoteCallAsync(source, open.Session.Bearer.Latest, null, cancellationToken);
        }

        await PlanAsync(id, cancellationToken);
    }

    private async Task<ToolCallFailed?> ListAsync(DataSource source, McpSession session, CancellationToken cancellationToken)
    {
        try
        {
            await inventory.ReadAsync(source, session, cancellationToken);
            return null;
        }
        catch (Exception exception) when (CallFailures.Describe(exception, inventory.NameOf(source)) is { } failure)
        {
            return failure;
        }
    }

    /// <summary>When to look again: soon while degraded, and less and less often.</summary>
    private async Task PlanAsync(Guid id, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var after = await db.DataSources.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (after is null)
        {
            return;
        }

        var degraded = after.State == DataSourceState.Degraded;
        var failed = degraded ? Math.Min(after.FailedChecks + 1, 30) : 0;
        var backOff = options.Value.DegradedInterval * Math.Pow(2, Math.Min(failed - 1, 20));
        var wait = degraded && backOff < options.Value.CheckInterval ? backOff : options.Value.CheckInterval;
        DateTimeOffset? due = inventory.Clock.GetUtcNow() + Jitter(wait);
        if (degraded && after.RetryAt > due)
        {
            // The vendor said for how long.
            due = after.RetryAt;
        }

        var retryAt = degraded && after.RetryAt is not null ? due : null;
        await db.DataSources.Where(row => row.Id == id).ExecuteUpdateAsync(
            row => row.SetProperty(source => source.CheckDueAt, due).SetProperty(source => source.FailedChecks, failed)
                .SetProperty(source => source.RetryAt, retryAt),
            cancellationToken);
    }
}
