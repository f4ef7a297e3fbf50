using ClariBI.Connector.Data;
using ClariBI.Contracts.Connector;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.DataSources.Checks;

/// <summary>
/// Looks at connections in the background, so that one that broke says so before anybody asks it a question. Of several
/// replicas one does each check: whoever moves the due time forward has it, and loses it again if it dies.
/// </summary>
internal sealed partial class ConnectionChecks(
    IServiceScopeFactory scopes, IOptions<ConnectionLifeOptions> options, TimeProvider clock, ILogger<ConnectionChecks> logger) : BackgroundService
{
    private const int AtOnce = 4;
    private const int MostPerRound = 200;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CleanEvery = TimeSpan.FromHours(1);

    private DateTimeOffset cleanDue = clock.GetUtcNow();

    /// <summary>Checks what is due.</summary>
    /// <returns>How many this process checked.</returns>
    public async Task<int> CheckDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        List<(Guid Id, DateTimeOffset? Due)> due;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<ConnectorDbContext>();
            await SpreadAsync(db, now, cancellationToken);
            var rows = await db.DataSources.AsNoTracking()
                .Where(row => (row.State == DataSourceState.Connected || row.State == DataSourceState.Degraded) && row.CheckDueAt <= now)
                .OrderBy(row => row.CheckDueAt).Take(MostPerRound).Select(row => new { row.Id, row.CheckDueAt }).ToListAsync(cancellationToken);
            due = rows.ConvertAll(row => (row.Id, row.CheckDueAt));
        }

        var mine = 0;
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (row, token) =>
        {
            if (await CheckSafelyAsync(row.Id, row.Due, token))
            {
                Interlocked.Increment(ref mine);
            }
        });
        return mine;
    }

    /// <summary>Deletes lines of the timeline that are older than they have to be.</summary>
    public async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectorDbContext>();
        var oldest = clock.GetUtcNow() - options.Value.HistoryRetention;
        return await db.History.Where(row => row.At < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await CheckDueAsync(stoppingToken);
                if (cleanDue <= clock.GetUtcNow())
                {
                    await CleanAsync(stoppingToken);
                    cleanDue = clock.GetUtcNow() + CleanEvery;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The database is away, or one check met a bug: the next round tries again.
                LogRoundFailed(exception);
            }
        }
    }

    /// <summary>What has no due time yet gets one within the interval, so that a restart does not ask every vendor at once.</summary>
    private async Task SpreadAsync(ConnectorDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var unplanned = await db.DataSources
            .Where(row => (row.State == DataSourceState.Connected || row.State == DataSourceState.Degraded) && row.CheckDueAt == null)
            .OrderBy(row => row.Id).Select(row => row.Id).Take(MostPerRound).ToListAsync(cancellationToken);
        foreach (var id in unplanned)
        {
            DateTimeOffset? at = now + ConnectionCheck.Jitter(options.Value.CheckInterval);
            await db.DataSources.Where(row => row.Id == id && row.CheckDueAt == null)
                .ExecuteUpdateAsync(row => row.SetProperty(source => source.CheckDueAt, at), cancellationToken);
        }
    }

    /// <summary>One that meets a bug costs the others nothing, and is due again when its lease is over.</summary>
    private async Task<bool> CheckSafelyAsync(Guid id, DateTimeOffset? due, CancellationToken cancellationToken)
    {
        try
        {
            return await CheckAsync(id, due, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogCheckFailed(exception, id);
            return false;
        }
    }

    private async Task<bool> CheckAsync(Guid id, DateTimeOffset? due, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectorDbContext>();
        DateTimeOffset? lease = clock.GetUtcNow() + (3 * options.Value.CheckTimeout);
        var taken = await db.DataSources.Where(row => row.Id == id && row.CheckDueAt == due)
            .ExecuteUpdateAsync(row => row.SetProperty(source => source.CheckDueAt, lease), cancellationToken);
        if (taken == 0)
        {
            return false;
        }

        await scope.ServiceProvider.GetRequiredService<ConnectionCheck>().RunAsync(id, cancellationToken);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "The check of data source {DataSourceId} failed; it is tried again.")]
    private partial void LogCheckFailed(Exception exception, Guid dataSourceId);

    [LoggerMessage(LogLevel.Warning, "A round of connection checks failed; the next one tries again.")]
    private partial void LogRoundFailed(Exception exception);
}
