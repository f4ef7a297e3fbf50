using System.Text.Json.Nodes;
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
        AmplitudeProject project, IReadOnlyList<PropertyInfo> properties, (string TimeZone, DateOnly Today) place, Omissions omissions, CancellationToken cancellationToken)
    {
        if (project.Tools.Query is not { } tool)
        {
            return properties;
        }

        var filled = properties.ToList();
        var unknown = Enumerable.Range(0, filled.Count)
            .Where(index => filled[index] is { Scope: PropertyScope.User, Values.Count: 0 }).Take(PropertiesAsked);
        foreach (var batch in unknown.Chunk(AtOnce).TakeWhile(_ => !omissions.HasStopped))
        {
            await Task.WhenAll(batch.Select(async index => filled[index] = filled[index] with
            {
                Values = await ReadAsync(project, tool, Arguments(project, tool, filled[index], place), omissions, cancellationToken),
            }));
        }

        return filled;
    }

    private static JsonObject Arguments(AmplitudeProject project, AmplitudeTool tool, PropertyInfo property, (string TimeZone, DateOnly Today) place)
    {
        var measure = new Measure(SpecialEvents.AnyActive, Aggregation.UniqueUsers);
        var query = new AnalysisQuery
        {
            Kind = QueryKind.Breakdown,
            Measures = [measure],
            GroupBy = [new GroupBy(property.Name, PropertyScope.User)],
            Range = DateRange.LastDays(30),
        };
        var (start, end) = query.Range.Resolve(place.Today);
        var arguments = CallCompiler.Compile(tool, new ChartAsk(query, measure, project.Id, start, end, place.TimeZone, TotalsOnly: true));
        arguments["groupByLimit"] = ValuesKept;
        return arguments;
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(
        AmplitudeProject project, AmplitudeTool tool, JsonObject arguments, Omissions omissions, CancellationToken cancellationToken)
    {
        try
        {
            var set = SegmentationReader.Read(await project.AskAsync(tool, arguments, cancellationToken));
            return [.. set.Series.OrderByDescending(series => series.Weight).Select(series => series.Labels[^1])
                .Where(value => value is not ("" or "(none)")).Distinct().Take(ValuesKept)];
        }
        catch (PlannerProblemException exception) when (omissions.Accept(exception.Problem))
        {
            // One property that cannot be grouped must not cost the whole project its names.
            return [];
        }
    }
}
