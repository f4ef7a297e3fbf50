using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClariBI.CredentialVault.Revocations;

/// <summary>Looks every few seconds, or when something was added, for revocations that are due.</summary>
internal sealed partial class RevocationRetries(
    IServiceScopeFactory scopes, RevocationContext context, ILogger<RevocationRetries> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PendingRevocations>().TryDueAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await context.WaitAsync(Look, stoppingToken);
                await RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The database is away: the rows are still there at the next look.
                LogNotNow(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Open revocations could not be tried now.")]
    private partial void LogNotNow(Exception exception);
}
