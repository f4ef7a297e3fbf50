using ClariBI.Connector.Authorizations.Registration;
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
        var before = clock.GetUtcNow() - AbandonedAfter;
        var abandoned = await db.Authorizations
            .Where(row => row.CreatedAt < before && row.Status != AuthorizationStatus.Finished
                && (row.GrantStored || row.Status == AuthorizationStatus.Authorized || row.Status == AuthorizationStatus.Completing))
            .OrderBy(row => row.CreatedAt).Select(row => row.Id).Take(50).ToListAsync(cancellationToken);
        foreach (var id in abandoned)
        {
            try
            {
                await TakeBackAsync(id, cancellationToken);
                LogTakenBack(id);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // The others do not wait for this one; the next look sees it again.
                LogNotTakenBack(exception, id);
            }
        }

        var forgotten = clock.GetUtcNow() - ForgottenAfter;
        await db.Authorizations.Where(row => row.CreatedAt < forgotten && !row.GrantStored).ExecuteDeleteAsync(cancellationToken);
        await RegistrationStore.ForgetPendingAsync(db, forgotten, cancellationToken);
        await db.Authorizations.Where(row => row.CreatedAt < forgotten && row.Status == AuthorizationStatus.Finished)
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>The row is claimed before the grant goes: somebody who finishes at this moment either keeps both or gets neither.</summary>
    private async Task TakeBackAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectorDbContext>();
        var authorization = await db.Authorizations.SingleAsync(row => row.Id == id, cancellationToken);
        if (authorization.Status == AuthorizationStatus.Finished)
        {
            return;
        }

        if (authorization.Status != AuthorizationStatus.Failed)
        {
            authorization.ExpectGrant();
            authorization.Fail(
                AuthorizationStep.Expired, "The authorization was not finished.",
                $"It waited {AbandonedAfter.TotalMinutes:0} minutes for a name; the access was given back. Start over.");
            await db.SaveChangesAsync(cancellationToken);
        }

        await scope.ServiceProvider.GetRequiredService<VaultClient>()
            .RevokeAsync(authorization.GrantId, authorization.WorkspaceId, cancellationToken);
        authorization.ForgetGrant();
        await db.SaveChangesAsync(cancellationToken);
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

    [LoggerMessage(LogLevel.Warning, "What authorization {AuthorizationId} obtained could not be given back now.")]
    private partial void LogNotTakenBack(Exception exception, Guid authorizationId);

    [LoggerMessage(LogLevel.Warning, "Abandoned authorizations could not be cleaned up now.")]
    private partial void LogNotNow(Exception exception);
}
