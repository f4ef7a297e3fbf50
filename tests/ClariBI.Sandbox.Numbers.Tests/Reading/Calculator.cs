using System.Text.Json.Nodes;
using ClariBI.Sandbox.Numbers.Tests.Reference;

namespace ClariBI.Sandbox.Numbers.Tests.Reading;

/// <summary>From the arguments of a query to what the reply has to say.</summary>
internal static class Calculator
{
    /// <summary>Series come as rows unless asked for as JSON.</summary>
    public static Expected Of(World world, JsonObject arguments, bool asJson = false)
    {
        var chart = arguments["chart"] is JsonObject typed ? TypedReading.Read(world, typed) : RawReading.Read(world, arguments["definition"]!.AsObject());
        chart = chart with
        {
            GroupByLimit = arguments.Whole("groupByLimit") ?? 10,
            TimeSeriesLimit = arguments.Whole("timeSeriesLimit") ?? 3,
            ExcludesIncomplete = arguments.Flag("excludeIncompleteDatapoints"),
        };
        var members = new Dictionary<string, HashSet<string>>();
        var segments = SegmentsOf(world, chart, members);
        return chart.Kind switch
        {
            "data_table" => new(new DataTables(world, arguments["chart"]!.AsObject(), chart, segments).Rows(), null),
            "funnel" => new(null, FunnelReply.Of(world.File, chart, segments, world.Now)),
            "retention" when chart.Measure == "usage_interval" => new(null, UsageInterval.Of(world.File, chart, segments, world.Now)),
            "revenueLtv" => new(null, RevenueLtv.Of(world.File, chart, segments, world.Now)),
            "stickiness" => new(null, Stickiness.Of(world.File, chart, segments)),
            "composition" => new(null, Composition.Of(world.File, chart, segments)),
            "retention" => new(null, RetentionReply.Of(world.File, chart, segments, world.Now)),
            "sessions" => Visited(world, chart, segments).In(chart, asJson, world.Now),
            _ => Segmented(world, chart, segments, members).In(chart, asJson, world.Now),
        };
    }

    private static Segments SegmentsOf(World world, Chart chart, Dictionary<string, HashSet<string>> members) =>
        new(world.File, chart, world.Now, id => members.TryGetValue(id, out var known) ? known : members[id] = world.Members(id));

    private static Table Segmented(World world, Chart chart, Segments segments, Dictionary<string, HashSet<string>> members)
    {
        var segmentation = new Segmentation(world.File, chart, segments);
        var earlier = chart.PeriodOverPeriod is null ? null : PeriodOverPeriod.Earlier(chart);
        var before = earlier is null ? null : new Segmentation(world.File, earlier, SegmentsOf(world, earlier, members), segmentation);
        var rows = chart.Segments.SelectMany((segment, place) => segmentation.Rows(segment, segment.Name).Select(row => row with { Part = (before is null ? place : 2 * place, row.Part.Event) })
            .Concat(before?.Rows(segment, segment.Name is null ? null : segment.Name + PeriodOverPeriod.Suffix)
                .Select(row => row with { Part = ((2 * place) + 1, row.Part.Event), Values = [.. chart.Intervals.Select((_, index) => row.Values.ElementAtOrDefault(index))] }) ?? []));
        string[] columns = [.. segmentation.Columns.Select(column => column.Name), .. chart.Metric is "frequency" ? ["Times"] : chart.Metric is "histogram" ? ["Bin"] : Array.Empty<string>()];
        return new(columns, segmentation.HasEventColumn, rows);
    }

    /// <summary>Each of several groups of sessions is a series, named by a letter.</summary>
    private static Table Visited(World world, Chart chart, Segments segments)
    {
        var sessions = new Sessions(world.File, chart, segments);
        var rows = chart.Segments.SelectMany((segment, place) => chart.Events.SelectMany((spec, index) => sessions.Rows(spec, segment, segment.Name)
            .Select(row => row with { Part = (place, index), Event = chart.Events.Length > 1 ? "Sessions " + (char)('A' + index) : null })));
        return new(SessionColumns(chart), chart.Events.Length > 1, rows);
    }

    private static string[] SessionColumns(Chart chart) =>
        [.. chart.GroupBy.Select(property => property.Name), .. chart.Metric switch { "length" => ["Length"], "eventCountDistribution" => ["Events"], _ => Array.Empty<string>() }];
}

/// <summary>Either the rows of a CSV reply or the members of a JSON one that are checked.</summary>
internal sealed record Expected(List<object?[]>? Rows, JsonNode? Json);

/// <summary>Series with the names of their label columns.</summary>
internal sealed record Table(string[] Columns, bool HasEvent, IEnumerable<Series> Rows)
{
    public Expected In(Chart chart, bool asJson, DateTime now) => asJson
        ? new(null, SeriesJson.Of(chart, Rows, now))
        : new(CsvTable.Of(chart, Columns, HasEvent, Rows, now), null);
}
