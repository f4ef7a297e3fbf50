using System.Collections.Concurrent;

namespace ClariBI.AnalysisPlanner.Analyses.Running;

/// <summary>The runs of this process, so that a person's stop ends the vendor call at once.</summary>
internal sealed class RunningAnalyses
{
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> runs = new();

    /// <returns>Cancelled by a stop or with one of the outer tokens; dispose it when the run ends.</returns>
    public Run Begin(Guid analysisId, CancellationToken outer, CancellationToken shutdown)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(outer, shutdown);
        runs[analysisId] = source;
        return new Run(this, analysisId, source);
    }

    public async Task CancelAsync(Guid analysisId)
    {
        if (!runs.TryGetValue(analysisId, out var source))
        {
            return;
        }

        try
        {
            await source.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It ended in this moment.
        }
    }

    internal sealed class Run(RunningAnalyses owner, Guid analysisId, CancellationTokenSource source) : IDisposable
    {
        public CancellationToken Token => source.Token;

        public Task CancelAsync() => source.CancelAsync();

        public void Dispose()
        {
            owner.runs.TryRemove(new KeyValuePair<Guid, CancellationTokenSource>(analysisId, source));
            source.Dispose();
        }
    }
}
