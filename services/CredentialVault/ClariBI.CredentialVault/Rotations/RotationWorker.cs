using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClariBI.CredentialVault.Rotations;

/// <summary>Goes on with the rotation that runs, whichever replica began it.</summary>
internal sealed partial class RotationWorker(
    IServiceScopeFactory scopes, RotationContext context, ILogger<RotationWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await context.WaitAsync(Look, stoppingToken);
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<RotationStart>().PrepareAsync(stoppingToken);
                await scope.ServiceProvider.GetRequiredService<KeyRotator>().WorkAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The keys or the database are away: the rotation goes on where it stopped.
                LogNotNow(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The key rotation could not go on now; it is tried again.")]
    private partial void LogNotNow(Exception exception);
}
