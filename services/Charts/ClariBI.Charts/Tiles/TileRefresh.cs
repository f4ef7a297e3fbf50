using System.Diagnostics;
using ClariBI.Charts.Charts;
using ClariBI.Charts.Data;
using ClariBI.Contracts.AnalysisPlanner;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClariBI.Charts.Tiles;

/// <summary>One refresh of one tile: lease it, have the planner run its query, store what came.</summary>
internal sealed partial class TileRefresh(
    ChartsDbContext db, IRequestClient<RunQuery> planner, IOptions<ChartsOptions> options, TimeProvider clock, ILogger<TileRefresh> logger)
{
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromHours(6);

    public async Task RunAsync(Guid tileId, string requestedBy, DateTimeOffset? onlyIfOlderThan, CancellationToken cancellationToken)
    {
        using var activity = ChartsTelemetry.Activities.StartActivity("refresh tile");
        activity?.SetTag("claribi.tile", tileId);
        var tile = await db.Tiles.AsNoTracking().SingleOrDefaultAsync(row => row.Id == tileId, cancellationToken);
        if (tile is null or { State: TileCondition.Frozen } || (onlyIfOlderThan is { } limit && !RefreshSchedule.IsDue(tile, limit, clock.GetUtcNow())))
        {
            return;
        }

        var lease = Guid.CreateVersion7();
        if (!await LeaseAsync(tile, lease, cancellationToken))
        {
            await WaitForOtherAsync(tile, cancellationToken);
            return;
        }

        var began = clock.GetTimestamp();
        try
        {
            var failure = await AskAsync(tile, lease, requestedBy, cancellationToken);
            ChartsTelemetry.TileRefresh.Record(
                clock.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("outcome", failure is null ? "refreshed" : "failed"));
            activity?.SetStatus(failure is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error, failure);
        }
        finally
        {
            // Also when the process is stopping: another one then need not wait for the lease to end.
            await Leased(tileId, lease).ExecuteUpdateAsync(
                row => row.SetProperty(t => t.LeasedUntil, (DateTimeOffset?)null), CancellationToken.None);
        }
    }

    private async Task<bool> LeaseAsync(Tile seen, Guid lease, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = now + options.Value.QueryTimeout + LeaseMargin;
        return await db.Tiles
            .Where(row => row.Id == seen.Id && row.LeaseId == seen.LeaseId && (row.LeasedUntil == null || row.LeasedUntil <= now))
            .ExecuteUpdateAsync(row => row.SetProperty(t => t.LeaseId, lease).SetProperty(t => t.LeasedUntil, until), cancellationToken) == 1;
    }

    /// <summary>Another process refreshes this tile: what it stores is what was asked for here.</summary>
    private async Task WaitForOtherAsync(Tile tile, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Poll, clock);
        var now = clock.GetUtcNow();
        while (await db.Tiles.AnyAsync(row => row.Id == tile.Id && row.LeasedUntil > now, cancellationToken))
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            now = clock.GetUtcNow();
        }
    }

    /// <returns>Null when the tile has new data, else why not.</returns>
    private async Task<string?> AskAsync(Tile tile, Guid lease, string requestedBy, CancellationToken cancellationToken)
    {
        string failure;
        try
        {
            var query = new RunQuery(tile.WorkspaceId, tile.DataSourceId, tile.Query, requestedBy);
            var answer = await planner.GetResponse<QueryCompleted, QueryFailed>(
                query, cancellationToken, RequestTimeout.After(ms: (int)options.Value.QueryTimeout.TotalMilliseconds));
            if (answer.Is(out Response<QueryCompleted>? completed))
            {
                await ShowAsync(tile, lease, completed.Message, cancellationToken);
                return null;
            }

            failure = answer.Is(out Response<QueryFailed>? failed) ? failed.Message.Message : "The query was answered with something unknown.";
        }
        catch (RequestTimeoutException)
        {
            failure = $"The query was not answered within {options.Value.QueryTimeout.TotalSeconds:0} s.";
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception, tile.Id);
            failure = "The query could not be run because of a fault on our side.";
        }

        await KeepAsync(tile, lease, failure, cancellationToken);
        return failure;
    }

    private async Task ShowAsync(Tile tile, Guid lease, QueryCompleted result, CancellationToken cancellationToken)
    {
        var source = await db.Snapshots.Where(row => row.Id == tile.SnapshotId).Select(row => row.Source).SingleOrDefaultAsync(cancellationToken);
        if (source is null)
        {
            // The tile was removed while the vendor was working.
            return;
        }

        var snapshot = new Snapshot
        {
            TileId = tile.Id,
            Table = result.Table,
            CapturedAt = Snapshot.Stored(result.At),
            Source = source with
            {
                Tool = result.Tool,
                RangeStart = result.RangeStart,
                RangeEnd = result.RangeEnd,
                TimeZone = result.TimeZone,
            },
        };
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var updated = await Unfrozen(tile, lease).ExecuteUpdateAsync(
            row => row.SetProperty(t => t.SnapshotId, snapshot.Id).SetProperty(t => t.RefreshedAt, now)
                .SetProperty(t => t.State, TileCondition.Fresh).SetProperty(t => t.StateReason, (string?)null)
                .SetProperty(t => t.Failures, 0).SetProperty(t => t.RetryAt, (DateTimeOffset?)null),
            cancellationToken);
        if (updated == 0)
        {
            // Removed or frozen meanwhile: the disconnection has the last word.
            return;
        }

        db.Snapshots.Add(snapshot);
        await db.SaveChangesAsync(cancellationToken);
        await db.TrimTileAsync(tile.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private Task<int> KeepAsync(Tile tile, Guid lease, string reason, CancellationToken cancellationToken)
    {
        var failures = tile.Failures + 1;
        var backoff = TimeSpan.FromMinutes(Math.Min(LongestBackoff.TotalMinutes, Math.Pow(2, failures)));
        DateTimeOffset? retryAt = clock.GetUtcNow() + backoff;
        return Unfrozen(tile, lease).ExecuteUpdateAsync(
            row => row.SetProperty(t => t.State, TileCondition.Failed).SetProperty(t => t.StateReason, reason)
                .SetProperty(t => t.Failures, failures).SetProperty(t => t.RetryAt, retryAt),
            cancellationToken);
    }

    private IQueryable<Tile> Leased(Guid tileId, Guid lease) => db.Tiles.Where(row => row.Id == tileId && row.LeaseId == lease);

    private IQueryable<Tile> Unfrozen(Tile tile, Guid lease) => Leased(tile.Id, lease).Where(row => row.State != TileCondition.Frozen);

    [LoggerMessage(LogLevel.Warning, "Tile {TileId} could not be refreshed.")]
    private partial void LogFailed(Exception exception, Guid tileId);
}
