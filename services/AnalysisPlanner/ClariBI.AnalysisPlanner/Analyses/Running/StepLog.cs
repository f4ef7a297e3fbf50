using ClariBI.AnalysisPlanner.Data;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Messaging.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClariBI.AnalysisPlanner.Analyses.Running;

/// <summary>Saves the steps of the run in this scope as they begin and end. Beginning one ends the one before, in one save.</summary>
internal sealed class StepLog(
    PlannerDbContext db, IOutbox<PlannerDbContext> outbox, AnalysisSignals signals, IOptions<PlannerOptions> options, TimeProvider clock)
{
    private Analysis? analysis;
    private Step? current;
    private int last;

    /// <summary>Steps that an earlier, interrupted attempt left open are closed as failed.</summary>
    public async Task OpenAsync(Analysis run, CancellationToken cancellationToken)
    {
        analysis = run;
        foreach (var step in await db.Steps.Where(step => step.AnalysisId == run.Id).ToListAsync(cancellationToken))
        {
            last = Math.Max(last, step.Sequence);
            if (step.FinishedAt is null)
            {
                step.End(clock.GetUtcNow(), failed: true);
            }
        }
    }

    public async Task BeginAsync(StepKey key, string text, CancellationToken cancellationToken)
    {
        var run = analysis ?? throw new InvalidOperationException("Open the log first.");
        var now = clock.GetUtcNow();
        End(failed: false);
        current = Step.Begin(run.Id, ++last, key, text, now);
        db.Steps.Add(current);
        run.Renew(now, options.Value.Lease);
        Announce(run, current, now);
        await db.SaveChangesAsync(cancellationToken);
        signals.Changed(run.Id);
    }

    /// <summary>Says what the step found; saved when it ends.</summary>
    public void Describe(string text) => current?.Describe(text);

    /// <summary>Ends the open step; the caller saves.</summary>
    public void End(bool failed)
    {
        if (current is null || analysis is null)
        {
            return;
        }

        var now = clock.GetUtcNow();
        current.End(now, failed);
        Announce(analysis, current, now);
        current = null;
    }

    private void Announce(Analysis run, Step step, DateTimeOffset now) =>
        outbox.Publish(new AnalysisProgressed(run.Id, run.WorkspaceId, step.Sequence, KeyText(step.Key), step.Text, now));

    private static string KeyText(StepKey key) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(key.ToString());
}
