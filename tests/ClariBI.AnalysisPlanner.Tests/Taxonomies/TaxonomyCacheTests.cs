using ClariBI.AnalysisPlanner.DataSources;
using ClariBI.AnalysisPlanner.Taxonomies;
using ClariBI.AnalysisPlanner.Vendors;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Connector;
using Microsoft.Extensions.Options;

namespace ClariBI.AnalysisPlanner.Tests.Taxonomies;

public sealed class TaxonomyCacheTests
{
    private readonly SetClock clock = new();
    private readonly CountingAdapter adapter = new();
    private readonly TaxonomyCache cache;

    public TaxonomyCacheTests() => cache = new TaxonomyCache(new VendorAdapters([adapter]), Options.Create(new PlannerOptions()), clock);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whole_names_are_kept_for_long_and_partial_ones_for_a_minute()
    {
        var session = Session();
        adapter.IsPartial = true;
        await cache.GetAsync(session, Ct);
        clock.Now += TimeSpan.FromSeconds(59);
        await cache.GetAsync(session, Ct);
        adapter.Reads.ShouldBe(1);

        adapter.IsPartial = false;
        clock.Now += TimeSpan.FromSeconds(1);
        (await cache.GetAsync(session, Ct)).IsPartial.ShouldBeFalse();
        clock.Now += TimeSpan.FromMinutes(29);
        await cache.GetAsync(session, Ct);
        adapter.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task What_ran_out_is_let_go_when_another_source_is_read()
    {
        await cache.GetAsync(Session(), Ct);
        await cache.GetAsync(Session(), Ct);
        cache.Count.ShouldBe(2);

        clock.Now += TimeSpan.FromMinutes(31);
        await cache.GetAsync(Session(), Ct);

        cache.Count.ShouldBe(1);
    }

    private static VendorSession Session() => new(null!, new Requester(Guid.CreateVersion7(), "Ada"), new ToolList(
        new DataSourceInfo(
            Guid.CreateVersion7(), Guid.CreateVersion7(), "Acme", "amplitude", "Amplitude", "us", "US", false, DataSourceState.Connected, null, null, "1", null, "UTC", 1),
        []));

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class CountingAdapter : IVendorAdapter
    {
        public bool IsPartial { get; set; }

        public int Reads { get; private set; }

        public string Vendor => "amplitude";

        public Task<Taxonomy> LoadTaxonomyAsync(VendorSession session, CancellationToken cancellationToken)
        {
            Reads++;
            return Task.FromResult(new Taxonomy("UTC", [], [], [], []) { IsPartial = IsPartial });
        }

        public Task<VendorAnswer> RunAsync(VendorSession session, AnalysisQuery query, Taxonomy taxonomy, DateOnly today, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Only names are read here.");
    }
}
