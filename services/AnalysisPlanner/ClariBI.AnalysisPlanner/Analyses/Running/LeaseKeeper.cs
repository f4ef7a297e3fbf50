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

    /// <summary>Gives the analysis back, so that the next process need not wait for the lease to end.</summary>
    public Task ReleaseAsync(Guid analysisId, int version) =>
        UpdateAsync(analysisId, version, clock.GetUtcNow(), CancellationToken.None);

    private async Task<bool> RenewAsync(Guid analysisId, int version, CancellationToken cancellationToken)
    {
        try
        {
            return await UpdateAsync(analysisId, version, clock.GetUtcNow() + options.Value.Lease, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The database is away for a moment; the lease lasts for several tries.
            LogNotRenewed(exception, analysisId);
            return true;
        }
    }

    private async Task<bool> UpdateAsync(Guid analysisId, int version, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlannerDbContext>();
        return await db.Analyses
            .Where(row => row.Id == analysisId && row.Version == version && row.Status == AnalysisStatus.Running)
            .ExecuteUpdateAsync(row => row.SetProperty(r => r.LeaseUntil, until), cancellationToken) == 1;
    }

    [LoggerMessage(LogLevel.Information, "Analysis {AnalysisId} was stopped or taken over.")]
    private partial void LogLost(Guid analysisId);

    [LoggerMessage(LogLevel.Warning, "The lease of analysis {AnalysisId} could not be renewed; it is tried again.")]
    private partial void LogNotRenewed(Exception exception, Guid analysisId);
}
