using ClariBI.AnalysisPlanner.Data;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.AnalysisPlanner.Analyses.Running;

/// <summary>Stops a run: first in the database, so that no result can follow, then in this process if it is the one that works on it.</summary>
internal sealed class RunInterruption(PlannerDbContext db, RunningAnalyses running, AnalysisSignals signals, TimeProvider clock)
{
    /// <returns>False when the analysis changed in between.</returns>
    public async Task<bool> TryStopAsync(Analysis analysis, CancellationToken cancellationToken)
    {
        if (analysis.HasEnded)
        {
            return true;
        }

        analysis.Stop(clock.GetUtcNow());
        await foreach (var step in db.Steps.Where(step => step.AnalysisId == analysis.Id && step.FinishedAt == null)
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            step.End(clock.GetUtcNow(), failed: true);
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }

        await running.CancelAsync(analysis.Id);
        signals.Changed(analysis.Id);
        return true;
    }
}
