using System.Text.Json.Nodes;
using ClariBI.Sandbox.Numbers.Tests.Reference;

namespace ClariBI.Sandbox.Numbers.Tests.Reading;

/// <summary>Tables whose every column is a chart of its own, asked for its value in each row.</summary>
internal sealed class DataTables(World world, JsonObject table, Chart frame, Segments segments)
{
    private readonly bool isTime = table.Items("rows").Any(row => row.Text("kind") == "time");

    public List<object?[]> Rows()
    {
        JsonNode[] columns = [.. table.Items("columns")];
        var chart = frame with { GroupBy = [.. table.Items("rows").Where(row => row.Text("kind") == "property").Select(row => world.Find(row.Text("property")!, row.Text("scope")))], GroupByLimit = int.MaxValue };
        // What the sandbox calls the time and a column without a name is not written anywhere.
        var rows = new List<object?[]> { (object?[])["\tSegment", .. isTime ? new string?[] { null } : chart.GroupBy.Select(property => (string?)("\t" + property.Name)).ToArray(), .. columns.Select(column => column.Text("name") is { } name ? "\t" + name : null)] };
        foreach (var segment in chart.Segments)
        {
            var cells = columns.Select(column => Cells(column, segment, chart)).ToArray();
            var keys = cells.SelectMany(column => column.Keys).Distinct();
            keys = isTime ? keys.Order(StringComparer.Ordinal) : keys.OrderByDescending(key => Math.Round(cells[0].GetValueOrDefault(key), 6)).ThenBy(Grouping.Labels, Grouping.Labels()).Take(frame.GroupByLimit);
            rows.AddRange(keys.Select(key => (object?[])[segment.Name is null ? null : "\t" + segment.Name, .. Grouping.Labels(key).Select(label => "\t" + label), .. cells.Select(column => (object)column.GetValueOrDefault(key))]));
        }

        return rows;
    }

    private Dictionary<string, double> Cells(JsonNode column, Segment segment, Chart chart)
    {
        var type = column.Text("metric_type")!;
        EventSpec[] events = [.. (column["event"] is { } one ? [one] : column.Items("events")).Select(item => TypedReading.Event(world, item))];
        var measured = column["aggregation_property"] is { } property ? world.Find(property.Text("property")!, property.Text("scope")) : null;
        chart = chart with { Events = [.. events.Select(item => item with { GroupBy = measured is null ? [] : [measured] })] };
        return type switch
        {
            "CONVERSION" => Conversion(chart with { Window = TimeSpan.FromSeconds(column.Whole("conversion_seconds") ?? 2_592_000) }, segment),
            "SESSIONS" => Spread(new Sessions(world.File, chart with { Metric = column.Text("session_measure") switch { "AVERAGE_SESSION_DURATION" => "average", "SESSIONS_PER_USER" => "peruser", _ => "totalSessions" } }, segments).Rows(EventSpec.Any, segment, null), chart),
            "FORMULA" => Spread(new Segmentation(world.File, chart with { Metric = "formula", Formula = column.Text("formula") }, segments).Rows(segment, null), chart),
            _ => Spread(new Segmentation(world.File, chart with { Metric = type switch { "UNIQUES" => "unique_users", "TOTALS" => "event_totals", _ => "property_" + type[4..].ToLowerInvariant() } }, segments).Rows(segment, null), chart),
        };
    }

    private Dictionary<string, double> Spread(IEnumerable<Series> series, Chart chart) => isTime
        ? series.Single().Values.Select((value, index) => (Key: Calendar.Label(chart.Intervals[index], chart.Interval), value)).ToDictionary(pair => pair.Key, pair => pair.value)
        : series.ToDictionary(row => string.Join('\u0001', row.Groups), row => row.Total);

    private Dictionary<string, double> Conversion(Chart chart, Segment segment) =>
        new Funnels(world.File, chart, segments, world.Now).Attempts(segment)
            .GroupBy(attempt => isTime ? Calendar.Label(chart.Calendar.Start(attempt.First.Time, chart.Interval), chart.Interval) : Grouping.Key(attempt.First, chart.GroupBy))
            .ToDictionary(group => group.Key, group => Funnels.Best(group) is var best ? Metrics.Divide(best.Count(attempt => attempt.Depth == chart.Events.Length), best.Count) : 0);
}
