using System.Text.Json;
using ClariBI.AnalysisPlanner.DataSources;
using ClariBI.AnalysisPlanner.Taxonomies;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Names;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Tables;
using ClariBI.Contracts.AnalysisPlanner;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude;

internal sealed class AmplitudeAdapter([FromKeyedServices(FixedCalendar.Key)] TimeProvider calendar) : IVendorAdapter
{
    public string Vendor => "amplitude";

    public async Task<Taxonomy> LoadTaxonomyAsync(VendorSession session, CancellationToken cancellationToken) =>
        await TaxonomyLoader.LoadAsync(await AmplitudeProject.OpenAsync(session, cancellationToken), calendar, cancellationToken);

    public async Task<VendorAnswer> RunAsync(
        VendorSession session, AnalysisQuery query, Taxonomy taxonomy, DateOnly today, CancellationToken cancellationToken)
    {
        var project = await AmplitudeProject.OpenAsync(session, cancellationToken);
        var before = session.Calls.Count;
        return query.Kind switch
        {
            QueryKind.List => Answer(session, await AmplitudeObjects.ListAsync(project, query, cancellationToken)),
            QueryKind.Cohort => Answer(session, await AmplitudeObjects.CohortAsync(project, query, cancellationToken)),
            QueryKind.SavedChart => Answer(session, await AmplitudeObjects.SavedChartAsync(project, query, cancellationToken)),
            QueryKind.Sessions => throw new PlannerProblemException(new PlannerProblem(
                "query-not-supported", "Sessions cannot be asked for yet.", "Ask about events, users, funnels, retention or cohorts.")),

            // The first call asks for the range in question, whichever of a comparison's two is answered first.
            _ => await AskAsync(new AmplitudeRun(project, query, taxonomy.TimeZone, today, TimeZones.Now(taxonomy.TimeZone, calendar)), cancellationToken) with { Main = session.Calls[before] },
        };
    }

    private static async Task<VendorAnswer> AskAsync(AmplitudeRun run, CancellationToken cancellationToken)
    {
        var (start, end) = run.Query.Range.Resolve(run.Today);
        if (run.Query.Kind is QueryKind.Funnel or QueryKind.Retention)
        {
            var reply = await run.AskAsync(null, start, end, totalsOnly: false, cancellationToken);
            return Answer(
                run.Project.Session,
                run.Query.Kind == QueryKind.Funnel ? FunnelTable.Build(run.Query, FunnelReader.Read(reply)) : RetentionTable.Build(run.Query, RetentionReader.Read(reply)),
                reply);
        }

        var totalsOnly = run.Query.Kind != QueryKind.Trend;
        var results = new List<MeasureResult>();
        JsonElement first = default;
        foreach (var measure in run.Query.Measures)
        {
            var asking = run.AskAsync(measure, start, end, totalsOnly, cancellationToken);
            var comparing = run.Query.CompareTo is { } compared
                ? run.ReadAsync(measure, compared.Resolve(run.Today), totalsOnly, cancellationToken)
                : null;
            await Task.WhenAll(comparing is null ? [asking] : [asking, comparing]);
            var reply = await asking;
            first = results.Count == 0 ? reply : first;
            results.Add(new MeasureResult(measure, run.Series(reply), comparing is null ? null : await comparing));
        }

        return results.Count == 0
            ? throw new InvalidOperationException($"A {run.Query.Kind} query says what to measure.")
            : Answer(run.Project.Session, Table(run, results, start), first);
    }

    private static ResultTable Table(AmplitudeRun run, List<MeasureResult> results, DateOnly start) => run.Query switch
    {
        { Kind: QueryKind.Trend } => TimeSeriesTable.Build(run.Query, results, start, run.Now),
        { Kind: QueryKind.SingleValue, Segments.Count: 0, GroupBy.Count: 0, Measures.Count: 1 } => SingleValueTable.Build(results[0]),
        _ => CategoriesTable.Build(run.Query, results),
    };

    private static VendorAnswer Answer(VendorSession session, ResultTable table, JsonElement reply = default) =>
        new(table, session.Calls[^1], AmplitudeLink.Read(reply), []);
}
