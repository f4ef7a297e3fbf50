using ClariBI.Charts.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClariBI.Charts.Tiles;

/// <summary>Refreshes tiles that have grown old, and tries failed ones again after their backoff, a few at a time.</summary>
internal sealed partial class RefreshSchedule(
    IServiceScopeFactory scopes, TileRefresher refresher, IOptions<ChartsOptions> options, TimeProvider clock, ILogger<RefreshSchedule> logger)
    : BackgroundService
{
    public const string RequestedBy = "Scheduled refresh";

    public static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    private const int BatchSize = 50;

    /// <summary>The same rule as in <see cref="DueAsync"/>, for a tile read again before its refresh.</summary>
    public static bool IsDue(Tile tile, DateTimeOffset olderThan, DateTimeOffset now) =>
        (tile.RefreshedAt <= olderThan || tile.State == TileCondition.Failed) && (tile.RetryAt is null || tile.RetryAt <= now);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await RefreshDueAsync(stoppingToken) == BatchSize)
                {
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }
        }
    }

    private async Task<int> RefreshDueAsync(CancellationToken cancellationToken)
    {
        var olderThan = clock.GetUtcNow() - options.Value.RefreshInterval;
        var due = await DueAsync(olderThan, cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.RefreshConcurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(due, parallel, async (tileId, stopping) =>
            await refresher.RefreshAsync(tileId, RequestedBy, stopping, olderThan));
        return due.Count;
    }

    private async Task<List<Guid>> DueAsync(DateTimeOffset olderThan, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        return await scope.ServiceProvider.GetRequiredService<ChartsDbContext>().Tiles
            .Where(tile => tile.State != TileCondition.Frozen)
            .Where(tile => tile.RefreshedAt <= olderThan || tile.State == TileCondition.Failed)
            .Where(tile => (tile.RetryAt == null || tile.RetryAt <= now) && (tile.LeasedUntil == null || tile.LeasedUntil <= now))
            .OrderBy(tile => tile.RefreshedAt).Take(BatchSize).Select(tile => tile.Id).ToListAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Error, "The scheduled refresh of tiles failed; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
