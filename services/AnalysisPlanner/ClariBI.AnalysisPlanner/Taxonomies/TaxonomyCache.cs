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
    /// <summary>Names that a rate limit or an outage cut short are read again soon.</summary>
    private static readonly TimeSpan PartialLifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, Entry> entries = new();

    public int Count => entries.Count;

    public async Task<Taxonomy> GetAsync(VendorSession session, CancellationToken cancellationToken)
    {
        var source = session.DataSource;
        var now = clock.GetUtcNow();
        RemoveStale(now);
        var entry = entries.AddOrUpdate(
            source.Id,
            _ => Begin(session, now),
            (_, existing) => existing.Generation == source.GrantGeneration ? existing : Begin(session, now));
        return await entry.Loading.Value.WaitAsync(cancellationToken);
    }

    public void Forget(Guid dataSourceId) => entries.TryRemove(dataSourceId, out _);

    /// <summary>The read serves everyone who waits for it, so no single asker's cancellation may end it.</summary>
    private Entry Begin(VendorSession session, DateTimeOffset now) =>
        new(session.DataSource.GrantGeneration, now + options.Value.TaxonomyLifetime, entry => LoadAsync(session, entry));

    private async Task<Taxonomy> LoadAsync(VendorSession session, Entry entry)
    {
        var taxonomy = await adapters.For(session.DataSource).LoadTaxonomyAsync(session, CancellationToken.None);
        if (taxonomy.IsPartial)
        {
            entry.ExpiresAt = clock.GetUtcNow() + PartialLifetime;
        }

        return taxonomy;
    }

    /// <summary>What ran out or failed; also of sources whose disconnect another process heard of.</summary>
    private void RemoveStale(DateTimeOffset now)
    {
        foreach (var stale in entries.Where(pair => !pair.Value.IsFresh(now)))
        {
            entries.TryRemove(stale);
        }
    }

    private sealed class Entry
    {
        public Entry(int generation, DateTimeOffset expiresAt, Func<Entry, Task<Taxonomy>> load)
        {
            (Generation, ExpiresAt) = (generation, expiresAt);
            Loading = new Lazy<Task<Taxonomy>>(() => load(this));
        }

        public int Generation { get; }

        public DateTimeOffset ExpiresAt { get; set; }

        public Lazy<Task<Taxonomy>> Loading { get; }

        public bool IsFresh(DateTimeOffset now) =>
            ExpiresAt > now && Loading is not { IsValueCreated: true, Value: { IsCompleted: true, IsCompletedSuccessfully: false } };
    }
}
