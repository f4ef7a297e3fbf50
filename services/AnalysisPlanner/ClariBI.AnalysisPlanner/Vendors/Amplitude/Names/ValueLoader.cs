using ClariBI.AnalysisPlanner.Taxonomies;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Compiling;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Names;

/// <summary>Finds the values of user properties that came without: by counting active users per value.</summary>
internal static class ValueLoader
{
    private const int PropertiesAsked = 30;
    private const int ValuesKept = 50;
    private const int AtOnce = 4;

    public static async Task<IReadOnlyList<PropertyInfo>> FillAsync(
        AmplitudeProject project, IReadOnlyList<PropertyInfo> properties, string timeZone, DateOnly today, CancellationToken cancellationToken)
    {
        if (project.Tools.Query is not { } tool)
        {
            return properties;
        }

        var filled = properties.ToList();
        var unknown = Enumerable.Range(0, filled.Count)
            .Where(index => filled[index] is { Scope: PropertyScope.User, Values.Count: 0 }).Take(PropertiesAsked);
        foreach (var batch in unknown.Chunk(AtOnce))
        {
            await Task.WhenAll(batch.Select(async index =>
                filled[index] = filled[index] with { Values = await ReadAsync(project, tool, filled[index], timeZone, today, cancellationToken) }));
        }

        return filled;
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(
        AmplitudeProject project, AmplitudeTool tool, PropertyInfo property, string timeZone, DateOnly today, CancellationToken cancellationToken)
    {
        var measure = new Measure(SpecialEvents.AnyActive, Aggregation.UniqueUsers);
        var query = new AnalysisQuery
        {
            Kind = QueryKind.Breakdown,
            Measures = [measure],
            GroupBy = [new GroupBy(property.Name, PropertyScope.User)],
            Range = DateRange.LastDays(30),
        };
        var (start, end) = query.Range.Resolve(today);
        var arguments = CallCompiler.Compile(tool, new ChartAsk(query, measure, project.Id, start, end, timeZone, TotalsOnly: true));
        arguments["groupByLimit"] = ValuesKept;
        try
        {
            var set = SegmentationReader.Read(await project.AskAsync(tool, arguments, cancellationToken));
            return [.. set.Series.OrderByDescending(series => series.Weight).Select(series => series.Labels[^1])
                .Where(value => value is not ("" or "(none)")).Distinct().Take(ValuesKept)];
        }
        catch (PlannerProblemException)
        {
            // One property that cannot be grouped must not cost the whole project its names.
            return [];
        }
    }
}
