using System.Collections.Concurrent;

namespace ClariBI.AnalysisPlanner.Analyses.Running;

/// <summary>Tells the streams in this process that an analysis changed. The database is the truth; this only saves waiting for the next look.</summary>
internal sealed class AnalysisSignals(TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> waiting = new();

    /// <summary>How many analyses somebody waits for.</summary>
    public int Waiting => waiting.Count;

    public void Changed(Guid analysisId)
    {
        if (waiting.TryRemove(analysisId, out var change))
        {
            change.TrySetResult();
        }
    }

    /// <summary>Take it before reading the analysis, so that a change in between is not missed.</summary>
    public Task NextChange(Guid analysisId) =>
        waiting.GetOrAdd(analysisId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public async Task WaitAsync(Task change, TimeSpan atMost, CancellationToken cancellationToken)
    {
        try
        {
            await change.WaitAsync(atMost, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Another process may be the one that runs it: look at the database.
        }
    }
}
