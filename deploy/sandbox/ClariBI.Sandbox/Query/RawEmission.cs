using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Query;

/// <summary>Writes a chart as a raw definition, and shows an example of each type.</summary>
internal static class RawEmission
{
    public static JsonObject Definition(Project project, ChartQuery query) => new()
    {
        ["app"] = project.Id,
        ["type"] = query switch
        {
            SegmentationQuery => "eventsSegmentation",
            FunnelQuery => "funnels",
            RetentionQuery => "retention",
            _ => "sessions",
        },
        ["version"] = 40,
        ["name"] = query.Name,
        ["params"] = Parameters(query),
    };

    public static JsonObject Example(string type) => JsonNode.Parse(type switch
    {
        "funnels" => """
            {"type":"funnels","params":{"range":"Last 30 Days","events":[{"event_type":"A","filters":[],"group_by":[]},{"event_type":"B","filters":[],"group_by":[]}],
             "conversionWindow":{"value":7,"unit":"day"},"order":"this_order","countGroup":"User","segments":[{"conditions":[]}]}}
            """,
        "retention" => """
            {"type":"retention","params":{"range":"Last 30 Days","startEvent":{"event_type":"_new","filters":[]},"retentionEvents":[{"event_type":"_active","filters":[]}],
             "retentionMethod":"nday","interval":1,"countGroup":"User","segments":[{"conditions":[]}]}}
            """,
        _ => """
            {"type":"eventsSegmentation","params":{"range":"Last 30 Days","events":[{"event_type":"A","filters":[],"group_by":[]}],"metric":"uniques","groupBy":[{"type":"user","value":"platform"}],
             "interval":1,"countGroup":"User","segments":[{"conditions":[]}]}}
            """,
    })!.AsObject();

    private static JsonObject Parameters(ChartQuery query)
    {
        var range = query.Range;
        var parameters = new JsonObject
        {
            ["start"] = new DateTimeOffset(DateTime.SpecifyKind(range.Start, DateTimeKind.Utc)).ToUnixTimeSeconds(),
            ["end"] = new DateTimeOffset(DateTime.SpecifyKind(range.End, DateTimeKind.Utc)).ToUnixTimeSeconds(),
            ["timezone"] = range.Zone.Id,
            ["interval"] = range.Interval switch
            {
                Interval.Hour => -3_600_000,
                Interval.Day => 1,
                Interval.Week => 7,
                Interval.Month => 30,
                _ => 90,
            },
            ["countGroup"] = "User",
            ["groupBy"] = Groups(query.GroupBy),
            ["segments"] = new JsonArray([.. query.Segments.Select(Segment)]),
        };
        Add(parameters, query);
        return parameters;
    }

    private static void Add(JsonObject parameters, ChartQuery query)
    {
        switch (query)
        {
            case SegmentationQuery segmentation:
                parameters["events"] = new JsonArray([.. segmentation.Events.Select(Event)]);
                parameters["metric"] = MetricName(segmentation.Metric);
                parameters["formula"] = segmentation.Formula;
                break;
            case FunnelQuery funnel:
                parameters["events"] = new JsonArray([.. funnel.Steps.Select(Event)]);
                parameters["conversionSeconds"] = (long)funnel.Window.TotalSeconds;
                parameters["order"] = funnel.IsOrdered ? "this_order" : "any_order";
                break;
            case RetentionQuery retention:
                parameters["startEvent"] = Event(retention.Start);
                parameters["retentionEvents"] = new JsonArray([.. retention.Returns.Select(Event)]);
                parameters["retentionMethod"] = retention.Method.ToString().ToLowerInvariant();
                parameters["retentionBrackets"] = new JsonArray([.. retention.Brackets.Select(bracket => new JsonArray(bracket.From, bracket.Until))]);
                break;
            case SessionsQuery sessions:
                parameters["sessionType"] = sessions.Measure switch
                {
                    SessionMeasure.Total => "totalSessions",
                    SessionMeasure.AverageLength => "average",
                    _ => "peruser",
                };
                break;
        }
    }

    private static string MetricName(Metric metric) => metric switch
    {
        Metric.Uniques => "uniques",
        Metric.Totals => "totals",
        Metric.Average => "average",
        Metric.ActivePercent => "pct_dau",
        Metric.Frequency => "frequency",
        Metric.PropertySum => "sums",
        Metric.PropertyAverage => "value_avg",
        Metric.Formula => "formula",
        Metric.PropertyMin => "value_min",
        Metric.PropertyMax => "value_max",
        Metric.PropertyMedian => "value_median",
        Metric.PropertyCount => "value_count",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static JsonObject Event(EventRef item) => new()
    {
        ["event_type"] = item.Name,
        ["filters"] = new JsonArray([.. item.Filters.Select(filter => new JsonObject
        {
            ["group_type"] = "User", ["subprop_type"] = filter.Scope, ["subprop_key"] = Key(filter.Scope, filter.Property), ["subprop_op"] = filter.Op, ["subprop_value"] = Values(filter),
        })]),
        ["group_by"] = Groups(item.GroupBy),
    };

    private static JsonObject Segment(Segment segment) => new()
    {
        ["name"] = segment.Name,
        ["conditions"] = new JsonArray([
            .. segment.Filters.Select(filter => new JsonObject
            {
                ["type"] = "property", ["group_type"] = "User", ["prop_type"] = filter.Scope, ["prop"] = Key(filter.Scope, filter.Property), ["op"] = filter.Op, ["values"] = Values(filter),
            }),
            .. segment.Cohorts.Select(cohort => new JsonObject { ["type"] = "cohort", ["group_type"] = "User", ["cohort_id"] = cohort.CohortId, ["op"] = cohort.IsIn ? "is_in" : "is_not_in" }),
        ]),
    };

    private static JsonArray Groups(GroupKey[] keys) => new([.. keys.Select(key => new JsonObject { ["type"] = key.Scope, ["value"] = Key(key.Scope, key.Property), ["group_type"] = "User" })]);

    private static JsonArray Values(Filter filter) => new([.. filter.Values.Select(value => JsonValue.Create(value))]);

    private static string Key(string scope, string name) => scope == "user" && !PropertyCatalogue.BuiltIn.Any(property => property.Name == name) ? "gp:" + name : name;
}
