using System.Text.Json.Nodes;
using ClariBI.Sandbox.Numbers.Tests.Reference;

namespace ClariBI.Sandbox.Numbers.Tests.Reading;

/// <summary>Reads a chart in its typed form.</summary>
internal static class TypedReading
{
    public static Chart Read(World world, JsonObject chart)
    {
        var range = chart["date_range"]!;
        var calendar = world.Calendar(range.Text("timezone"));
        var read = new Chart(chart.Text("kind")!, [.. chart.Items(chart["kind"]!.ToString() == "funnel" ? "steps" : "events").Select(item => Event(world, item))],
            Segments(world, chart), Properties(world, chart, "group_by"), chart.Text("interval") ?? "day", Range(world, range, calendar), calendar)
        {
            Rolling = chart.Whole("rolling_window") ?? 1,
            Cumulative = chart.Flag("cumulative"),
            PeriodOverPeriod = chart.Text("period_over_period"),
        };
        return read.Kind switch
        {
            "segmentation" => read with { Metric = chart["measured_as"].Text("as") ?? "unique_users", Formula = Formula(chart["measured_as"]), Bin = Bin(chart["measured_as"]?["histogram_bin"]) },
            "funnel" => Funnel(world, chart, read),
            "retention" => read with
            {
                Measure = chart["measured_as"].Text("as"),
                Metric = chart.Text("retention_method") ?? "rolling",
                Start = chart["start_event"] is { } start ? Event(world, start) : read.Start,
                Returns = chart["return_events"] is null ? read.Returns : [.. chart.Items("return_events").Select(item => Event(world, item))],
                Brackets = [.. chart.Items("retention_brackets").Select(pair => (pair[0]!.GetValue<int>(), pair[1]!.GetValue<int>()))],
            },
            "sessions" => read with
            {
                Metric = chart.Text("measured_as") ?? "totalSessions",
                Events = chart["groups"] is null ? [EventSpec.Any] : [.. chart.Items("groups").Select(group => new EventSpec("_active", Where(world, group), []))],
                GroupBy = [.. read.GroupBy, .. chart.Items("groups").Take(1).SelectMany(group => Properties(world, group, "group_by"))],
            },
            _ => read,
        };
    }

    public static EventSpec Event(World world, JsonNode node)
    {
        JsonNode[] members = [.. node.Items("members")];
        var composite = node.Text("object_type");
        return new(composite == "COMPARISON_EVENT" ? composite : node.Text("event")!, Where(world, node), Properties(world, node, "group_by"))
        {
            AnyOf = members.Length == 0 ? null : [.. members.Select(member => member is JsonValue ? new EventSpec(member.ToString(), [], []) : Event(world, member))],
        };
    }

    private static Chart Funnel(World world, JsonObject chart, Chart read) => read with
    {
        Mode = chart.Text("mode") ?? "ordered",
        Measure = chart["measured_as"].Text("as"),
        Percentiles = chart["trans_time_percentiles"] is null ? read.Percentiles : [.. chart.Items("trans_time_percentiles").Select(item => item.GetValue<double>())],
        GroupBy = [.. read.GroupBy, .. read.Events[0].GroupBy],
        Window = chart["conversion_window"] is { } window ? Duration(window) : read.Window,
        Held = [.. Properties(world, chart, "constant_properties"), .. chart["hold_property"] switch
        {
            null => Array.Empty<Property>(),
            JsonArray several => [.. several.Select(one => OneProperty(world, one!))],
            var one => [OneProperty(world, one)],
        }],
        Excluded = [.. chart.Items("excluded_events").Select(item => (item["event"] is JsonValue ? Event(world, item) : Event(world, item["event"]!), item.Whole("step_index") ?? -1))],
    };

    public static TimeSpan Duration(JsonNode window) => window.Whole("value")!.Value * window.Text("unit") switch
    {
        "second" => TimeSpan.FromSeconds(1),
        "minute" => TimeSpan.FromMinutes(1),
        "hour" => TimeSpan.FromHours(1),
        "week" => TimeSpan.FromDays(7),
        _ => TimeSpan.FromDays(1),
    };

    private static string? Formula(JsonNode? measured) => measured.Text("as") == "formula" ? measured.Text("formula") : null;

    private static (double, double, double)? Bin(JsonNode? bin) => bin is null ? null : (bin["min"]!.GetValue<double>(), bin["max"]!.GetValue<double>(), bin["size"]!.GetValue<double>());

    private static Segment[] Segments(World world, JsonObject chart)
    {
        Segment[] segments = [.. chart.Items("segments").Select(node => new Segment(Name(node), Where(world, node), [.. node.Items("performed").Select(item => Performed(world, item))], []))];
        return segments.Length == 0 ? [new("All Users", [], [], [])] : segments;
    }

    /// <summary>Known only where the segment looks at properties; how "performed" is worded is not written anywhere.</summary>
    private static string? Name(JsonNode segment) => segment.Items("performed").Any() ? null
        : SegmentNames.Of(segment.Items("where").Select(item => (item.Text("property")!, item.Text("op")!, item.Texts("values"))));

    private static Performed Performed(World world, JsonNode node) => new(Event(world, node) with { GroupBy = [] }, node.Text("op") ?? ">=", node["count"]?.GetValue<double>() ?? 1,
        node.Text("time_type") ?? "forEachInterval", node.Whole("time_value") ?? 30, node.Flag("exclude_current_interval"));

    private static Filter[] Where(World world, JsonNode node) =>
        [.. node.Items("where").Select(item => new Filter(OneProperty(world, item), item.Text("op")!, item.Texts("values")))];

    private static Property[] Properties(World world, JsonNode node, string name) => [.. node.Items(name).Select(item => OneProperty(world, item))];

    private static Property OneProperty(World world, JsonNode node) => node is JsonValue ? world.Find(node.ToString(), null) : world.Find(node.Text("property")!, node.Text("scope"));

    private static DateRange Range(World world, JsonNode range, Calendar calendar) => range.Text("relative") is { } relative
        ? DateRange.Relative(relative, calendar, world.Now)
        : DateRange.Absolute(range.Text("start")!, range.Text("end"), calendar, world.Now);
}
