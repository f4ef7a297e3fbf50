using ClariBI.Connector.Data;
using ClariBI.Connector.Grants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClariBI.Connector.Authorizations;

/// <summary>
/// Takes back what was authorized and never became a data source, after half an hour, and forgets attempts after a day. It
/// also ends those whose process died between the callback and the last step.
/// </summary>
internal sealed partial class AbandonedAuthorizations(
    IServiceScopeFactory scopes, TimeProvider clock, ILogger<AbandonedAuthorizations> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromDays(1);

    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectorDbContext>();
        var vault = scope.ServiceProvider.GetRequiredService<VaultClient>();
        var before = clock.GetUtcNow() - AbandonedAfter;
        var abandoned = await db.Authorizations
            .Where(row => row.CreatedAt < before && row.Status != AuthorizationStatus.Finished
                && (row.GrantStored || row.Status == AuthorizationStatus.Authorized || row.Status == AuthorizationStatus.Completing))
            .OrderBy(row => row.CreatedAt).Take(50).ToListAsync(cancellationToken);
        foreach (var authorization in abandoned)
        {
            // Also one that stopped half-way: its tokens may have reached the vault just before.
            await vault.RevokeAsync(authorization.GrantId, authorization.WorkspaceId, cancellationToken);
            authorization.ForgetGrant();
            if (authorization.Status != AuthorizationStatus.Failed)
            {
                authorization.Fail(
                    AuthorizationStep.Expired, "The authorization was not finished.",
                    $"It waited {AbandonedAfter.TotalMinutes:0} minutes for a name; the access was given back. Start over.");
            }

            await db.SaveChangesAsync(cancellationToken);
            LogTakenBack(authorization.Id);
        }

        var forgotten = clock.GetUtcNow() - ForgottenAfter;
        await db.Authorizations.Where(row => row.CreatedAt < forgotten && !row.GrantStored).ExecuteDeleteAsync(cancellationToken);
        await db.Authorizations.Where(row => row.CreatedAt < forgotten && row.Status == AuthorizationStatus.Finished)
            .ExecuteDeleteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await CleanAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The vault or the database is away, or the row changed: the next look sees it again.
                LogNotNow(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Authorization {AuthorizationId} was not finished; its access was given back.")]
    private partial void LogTakenBack(Guid authorizationId);

    [LoggerMessage(LogLevel.Warning, "Abandoned authorizations could not be cleaned up now.")]
    private partial void LogNotNow(Exception exception);
}
