using System.Text.Json.Nodes;
using ClariBI.Sandbox.Numbers.Tests.Reference;

namespace ClariBI.Sandbox.Numbers.Tests.Reading;

/// <summary>Reads a chart in its raw form: {type, params}.</summary>
internal static class RawReading
{
    public static readonly Dictionary<string, string> Metrics = new()
    {
        ["uniques"] = "unique_users",
        ["totals"] = "event_totals",
        ["average"] = "avg_per_user",
        ["pct_dau"] = "active_pct",
        ["frequency"] = "frequency",
        ["sums"] = "property_sum",
        ["value_avg"] = "property_avg",
        ["value_min"] = "property_min",
        ["value_max"] = "property_max",
        ["value_median"] = "property_median",
        ["value_count"] = "property_count",
        ["value_count_avg"] = "property_count_avg",
        ["histogram"] = "histogram",
        ["formula"] = "formula",
    };

    public static Chart Read(World world, JsonObject definition)
    {
        var parameters = definition["params"]!.AsObject();
        var calendar = world.Calendar(parameters.Text("timezone"));
        var type = definition.Text("type")!;
        var read = new Chart(type, Events(type, parameters), Segments(parameters), Groups(parameters),
            Interval(parameters.Whole("interval") ?? 1), Range(world, parameters, calendar), calendar)
        {
            Rolling = parameters.Whole("rollingWindow") ?? 1,
            Cumulative = parameters.Flag("cumulative"),
            PeriodOverPeriod = parameters.Text("periodOverPeriod"),
        };
        return type switch
        {
            "eventsSegmentation" => read with { Kind = "segmentation", Metric = Metrics[parameters.Text("metric") ?? "uniques"], Formula = parameters.Text("metric") == "formula" ? parameters.Text("formula") : null },
            "funnels" => read with
            {
                Kind = "funnel",
                GroupBy = [.. read.GroupBy, .. read.Events[0].GroupBy],
                Measure = parameters.Text("metric"),
                Held = [.. parameters.Items("constantProperties").Select(Group)],
                Excluded = [.. parameters.Items("excludedEvents").Select(item => (Event(item), item.Whole("step_index") ?? -1))],
                Percentiles = parameters["transTimePercentiles"] is null ? read.Percentiles : [.. parameters.Items("transTimePercentiles").Select(item => item.GetValue<double>())],
                Mode = parameters.Text("order") switch { "any_order" => "unordered", "exact_order" => "sequential", _ => "ordered" },
                Window = parameters["conversionWindow"] is { } window ? TypedReading.Duration(window)
                    : parameters.Whole("conversionSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : read.Window,
            },
            "retention" => read with
            {
                Measure = parameters.Text("metric"),
                Metric = parameters.Text("retentionMethod") ?? "rolling",
                Start = parameters["startEvent"] is { } start ? Event(start) : read.Start,
                Returns = parameters["retentionEvents"] is null ? read.Returns : [.. parameters.Items("retentionEvents").Select(Event)],
                Brackets = [.. parameters.Items("retentionBrackets").Select(pair => (pair[0]!.GetValue<int>(), pair[1]!.GetValue<int>()))],
            },
            "sessions" => read with { Metric = parameters.Text("sessionType") ?? "totalSessions", GroupBy = [.. read.GroupBy, .. read.Events[0].GroupBy] },
            "revenueLtv" => read with { Metric = parameters.Text("metric") ?? "0", RevenueProperty = parameters.Text("revenueProperty") },
            _ => read,
        };
    }

    private static EventSpec[] Events(string type, JsonNode parameters) => type switch
    {
        "sessions" => parameters["sessions"] is null ? [EventSpec.Any] : [.. parameters.Items("sessions").Select(Event)],
        "revenueLtv" => [parameters["event"] is { } payment ? Event(payment) : new("_any_revenue_event", [], [])],
        _ => [.. parameters.Items("events").Select(Event)],
    };

    private static EventSpec Event(JsonNode node) => new(node.Text("event_type") ?? "_active",
        [.. node.Items("filters").Select(item => new Filter(Named(item.Text("subprop_type")!, item.Text("subprop_key")!), item.Text("subprop_op")!, item.Texts("subprop_value")))],
        [.. node.Items("group_by").Select(Group)]);

    private static Property Group(JsonNode node) => Named(node.Text("type")!, node.Text("value")!);

    private static Property[] Groups(JsonNode parameters) => [.. parameters.Items("groupBy").Select(Group)];

    private static Property Named(string scope, string name) => new(scope, scope == "user" && name.StartsWith("gp:", StringComparison.Ordinal) ? name[3..] : name);

    private static Segment[] Segments(JsonNode parameters)
    {
        Segment[] segments = [.. parameters.Items("segments").Select(Segment)];
        return segments.Length == 0 ? [new("All Users", [], [], [])] : segments;
    }

    private static Segment Segment(JsonNode node)
    {
        var conditions = node.Items("conditions").ToLookup(item => item.Text("type"));
        var name = node.Text("name") ?? (conditions.Any(kind => kind.Key != "property") ? null
            : SegmentNames.Of(conditions["property"].Select(item => (Named(item.Text("prop_type")!, item.Text("prop")!).Name, item.Text("op")!, item.Texts("values")))));
        return new(name,
            [.. conditions["property"].Select(item => new Filter(Named(item.Text("prop_type")!, item.Text("prop")!), item.Text("op")!, item.Texts("values")))],
            [.. conditions["event"].Select(Performed)],
            [.. conditions["cohort"].Select(item => new CohortCondition(item.Text("cohort_id")!, item.Text("op") is null or "is_in" or "is in"))]);
    }

    private static Performed Performed(JsonNode node) => new(new(node.Text("event_type") ?? node.Text("type_value")!, Event(node).Where, []), node.Text("op") ?? node.Text("operator") ?? ">=",
        (node["value"] ?? node["count"] ?? node["operator_value"])?.GetValue<double>() ?? 1, node.Text("time_type") ?? "allTime", node.Whole("time_value") ?? 30, node.Flag("exclude_current_interval"));

    private static string Interval(int raw) => raw switch { -300000 => "five_minute", -3600000 => "hour", 1 => "day", 7 => "week", 30 => "month", _ => "quarter" };

    private static DateRange Range(World world, JsonNode parameters, Calendar calendar) => parameters.Text("range") is { } relative
        ? DateRange.Relative(relative, calendar, world.Now)
        : DateRange.Absolute(parameters.Text("start")!, parameters.Text("end"), calendar, world.Now);
}
