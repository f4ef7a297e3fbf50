using ClariBI.AnalysisPlanner.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClariBI.AnalysisPlanner.Analyses.Running;

/// <summary>
/// Renews a run's lease while it works. A renewal that finds the analysis changed — stopped through another process, or
/// taken over — cancels the run.
/// </summary>
internal sealed partial class LeaseKeeper(
    IServiceScopeFactory scopes, IOptions<PlannerOptions> options, TimeProvider clock, ILogger<LeaseKeeper> logger)
{
    public async Task KeepAsync(Guid analysisId, int version, RunningAnalyses.Run run)
    {
        using var timer = new PeriodicTimer(options.Value.Lease / 5, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(run.Token))
            {
                if (!await RenewAsync(analysisId, version, run.Token))
                {
                    LogLost(analysisId);
                    await run.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (run.Token.IsCancellationRequested)
        {
            // The run ended.
        }
    }

    /// <summary>Gives the analysis back, so that the next process need not wait for the lease to end. A shutdown is no failed attempt.</summary>
    public async Task ReleaseAsync(Guid analysisId, int version)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        await Held(scope, analysisId, version).ExecuteUpdateAsync(
            row => row.SetProperty(r => r.LeaseUntil, now).SetProperty(r => r.Attempt, r => r.Attempt - 1), CancellationToken.None);
    }

    private async Task<bool> RenewAsync(Guid analysisId, int version, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var until = clock.GetUtcNow() + options.Value.Lease;
            return await Held(scope, analysisId, version).ExecuteUpdateAsync(row => row.SetProperty(r => r.LeaseUntil, until), cancellationToken) == 1;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The database is away for a moment; the lease lasts for several tries.
            LogNotRenewed(exception, analysisId);
            return true;
        }
    }

    private static IQueryable<Analysis> Held(AsyncServiceScope scope, Guid analysisId, int version) =>
        scope.ServiceProvider.GetRequiredService<PlannerDbContext>().Analyses
            .Where(row => row.Id == analysisId && row.Version == version && row.Status == AnalysisStatus.Running);

    [LoggerMessage(LogLevel.Information, "Analysis {AnalysisId} was stopped or taken over.")]
    private partial void LogLost(Guid analysisId);

    [LoggerMessage(LogLevel.Warning, "The lease of analysis {AnalysisId} could not be renewed; it is tried again.")]
    private partial void LogNotRenewed(Exception exception, Guid analysisId);
}
