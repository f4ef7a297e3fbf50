using ClariBI.CredentialVault.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClariBI.CredentialVault.Grants;

/// <summary>
/// Finishes renewals whose process died: it presents the old refresh token within seconds and not at the next lease, since
/// vendors that forgive a repeated token do so for a short time only.
/// </summary>
internal sealed partial class InterruptedRefreshes(
    IServiceScopeFactory scopes, TimeProvider clock, ILogger<InterruptedRefreshes> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(3);

    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        var interrupted = await scope.ServiceProvider.GetRequiredService<VaultDbContext>().Grants
            .Where(row => row.RefreshClaim != null && row.RefreshClaimedUntil <= now && row.State == GrantState.Active)
            .OrderBy(row => row.RefreshClaimedUntil).Select(row => row.Id).Take(50).ToListAsync(cancellationToken);
        foreach (var id in interrupted)
        {
            LogFinishing(id);
            try
            {
                await FinishAsync(id, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Its key may be missing; that must not keep the others from being finished.
                LogNotFinished(exception, id);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await FinishAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The database or the keys are away: the next look sees the claim again.
                LogNotNow(exception);
            }
        }
    }

    private async Task FinishAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var grant = await scope.ServiceProvider.GetRequiredService<VaultDbContext>().Grants.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (grant is { RefreshClaim: not null } && !grant.IsClaimed(clock.GetUtcNow()))
        {
            await scope.ServiceProvider.GetRequiredService<GrantRefresher>().RefreshAsync(grant, new RefreshNeed(Wait: false, Rejected: false), cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "The renewal of grant {GrantId} was interrupted; it is done again.")]
    private partial void LogFinishing(Guid grantId);

    [LoggerMessage(LogLevel.Warning, "The interrupted renewal of grant {GrantId} could not be finished; it is tried again.")]
    private partial void LogNotFinished(Exception exception, Guid grantId);

    [LoggerMessage(LogLevel.Warning, "Interrupted renewals could not be looked for now.")]
    private partial void LogNotNow(Exception exception);
}
