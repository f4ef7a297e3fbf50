using ClariBI.CredentialVault.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClariBI.CredentialVault.Access;

/// <summary>Forgets what is older than the retention, at the start and once an hour: uses of credentials, and spent grant ids.</summary>
internal sealed partial class AccessLogUpkeep(
    IServiceScopeFactory scopes, IOptions<VaultOptions> options, TimeProvider clock, ILogger<AccessLogUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromHours(1);

    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VaultDbContext>();
        var before = clock.GetUtcNow() - options.Value.AccessLogRetention;
        var forgotten = await db.AccessLog.Where(row => row.At < before).ExecuteDeleteAsync(cancellationToken);
        await db.RevokedGrants.Where(row => row.At < before).ExecuteDeleteAsync(cancellationToken);
        if (forgotten > 0)
        {
            LogForgotten(forgotten);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CleanAsync(stoppingToken);
                await timer.WaitForNextTickAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogNotNow(exception);
                await Task.Delay(TimeSpan.FromMinutes(1), clock, stoppingToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} entries of the access log were older than the retention and are forgotten.")]
    private partial void LogForgotten(int count);

    [LoggerMessage(LogLevel.Warning, "The access log could not be cleaned up now.")]
    private partial void LogNotNow(Exception exception);
}
