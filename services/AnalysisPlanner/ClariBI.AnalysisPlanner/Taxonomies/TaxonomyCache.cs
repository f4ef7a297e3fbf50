using System.Collections.Concurrent;
using ClariBI.AnalysisPlanner.DataSources;
using ClariBI.AnalysisPlanner.Vendors;
using Microsoft.Extensions.Options;

namespace ClariBI.AnalysisPlanner.Taxonomies;

/// <summary>
/// Keeps each project's names for a while. Keyed by the grant's generation too: after a reconnect the account may see other
/// names. Of many questions at once only the first one reads; the others wait for it.
/// </summary>
internal sealed class TaxonomyCache(VendorAdapters adapters, IOptions<PlannerOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, Entry> entries = new();

    public async Task<Taxonomy> GetAsync(VendorSession session, CancellationToken cancellationToken)
    {
        var source = session.DataSource;
        var now = clock.GetUtcNow();
        var entry = entries.AddOrUpdate(
            source.Id,
            _ => Begin(session, now),
            (_, existing) => existing.Generation == source.GrantGeneration && existing.ExpiresAt > now && !existing.Failed
                ? existing
                : Begin(session, now));
        return await entry.Loading.Value.WaitAsync(cancellationToken);
    }

    public void Forget(Guid dataSourceId) => entries.TryRemove(dataSourceId, out _);

    /// <summary>The read serves everyone who waits for it, so no single asker's cancellation may end it.</summary>
    private Entry Begin(VendorSession session, DateTimeOffset now) => new(
        session.DataSource.GrantGeneration,
        now + options.Value.TaxonomyLifetime,
        new Lazy<Task<Taxonomy>>(() => adapters.For(session.DataSource).LoadTaxonomyAsync(session, CancellationToken.None)));

    private sealed record Entry(int Generation, DateTimeOffset ExpiresAt, Lazy<Task<Taxonomy>> Loading)
    {
        public bool Failed => Loading is { IsValueCreated: true, Value: { IsCompleted: true, IsCompletedSuccessfully: false } };
    }
}
