using ClariBI.AnalysisPlanner.Data;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Messaging.Outbox;

namespace ClariBI.AnalysisPlanner.Analyses.Running;

/// <summary>Stores how a run ended and announces it, in one save; who lost the claim gets a concurrency exception and stores nothing.</summary>
internal sealed class RunCompletion(PlannerDbContext db, IOutbox<PlannerDbContext> outbox, StepLog steps, AnalysisSignals signals)
{
    public async Task CompleteAsync(Analysis analysis, AnalysisResult result, DateTimeOffset now, CancellationToken cancellationToken)
    {
        steps.End(failed: result.Failure is not null);
        analysis.Finish(result, now);
        Announce(analysis, result, now);
        await db.SaveChangesAsync(cancellationToken);
        signals.Changed(analysis.Id);
        Measure(analysis, now);
    }

    private void Announce(Analysis analysis, AnalysisResult result, DateTimeOffset now)
    {
        if (result.Failure is { } problem)
        {
            outbox.Publish(new AnalysisFailed(analysis.Id, analysis.WorkspaceId, problem.Type, $"{problem.Title} {problem.Detail}", now));
            return;
        }

        var (outcome, text) = result switch
        {
            { Answer: { } answer } => (AnalysisOutcome.Answered, answer.Text),
            { Clarification: { } question } => (AnalysisOutcome.Clarification, question.Text),
            { Refusal: { } refusal } => (AnalysisOutcome.Declined, refusal.Text),
            _ => throw new InvalidOperationException("A result holds an answer, a question, a refusal or a failure."),
        };
        outbox.Publish(new AnalysisCompleted(
            analysis.Id, analysis.WorkspaceId, outcome, text, result.Query, result.Answer?.Table, result.Answer?.ChartId, now));
    }

    private static void Measure(Analysis analysis, DateTimeOffset now)
    {
        var status = new KeyValuePair<string, object?>("status", analysis.Status.ToString());
        PlannerTelemetry.Finished.Add(1, status);
        PlannerTelemetry.Duration.Record((now - analysis.StartedAt!.Value).TotalSeconds, status);
    }
}
