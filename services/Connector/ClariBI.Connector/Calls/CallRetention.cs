using ClariBI.Connector.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Calls;

/// <summary>Deletes calls from the log when their time is over, a few at a time. Evidence of a write stays.</summary>
internal sealed partial class CallRetention(
    IServiceScopeFactory scopes, IOptions<ConnectorOptions> options, TimeProvider clock, ILogger<CallRetention> logger) : BackgroundService
{
    private const int Batch = 1000;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    public async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        var oldest = clock.GetUtcNow() - options.Value.CallLogRetention;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectorDbContext>();
        for (var deleted = 0; ;)
        {
            var ids = await db.Calls.Where(call => call.At < oldest && (call.Admitted || !call.Sent)).OrderBy(call => call.At)
                .Select(call => call.Id).Take(Batch).ToListAsync(cancellationToken);
            deleted += await db.Calls.Where(call => ids.Contains(call.Id)).ExecuteDeleteAsync(cancellationToken);
            if (ids.Count < Batch)
            {
                return deleted;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await CleanOnceAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    private async Task CleanOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var deleted = await CleanAsync(cancellationToken);
            if (deleted > 0)
            {
                LogDeleted(deleted);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The next hour brings another try.
            LogFailed(exception);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} calls left the log, as their time was over.")]
    private partial void LogDeleted(int count);

    [LoggerMessage(LogLevel.Warning, "Old calls could not be deleted from the log.")]
    private partial void LogFailed(Exception exception);
}
