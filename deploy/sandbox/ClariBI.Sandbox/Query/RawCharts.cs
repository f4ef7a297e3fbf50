using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query;

/// <summary>Reads a raw chart definition. A mistake is answered with the schema of the chart type, as the hosted server does.</summary>
internal sealed class RawCharts(Project project, PropertyCatalogue properties, DateTime now)
{
    public ChartQuery Read(JsonElement definition)
    {
        try
        {
            var parameters = definition.Field("params").ValueKind == JsonValueKind.Object ? definition.Field("params") : throw new ToolErrorException("params: Field required");
            var name = definition.Text("name");
            return definition.Required("type") switch
            {
                "eventsSegmentation" => Segmentation(name, parameters),
                "funnels" => Funnel(name, parameters),
                "retention" => Retention(name, parameters),
                "sessions" => new SessionsQuery(name ?? "Sessions", Range(parameters), Segments(parameters), Groups(parameters, "groupBy"), Measure(parameters.Text("sessionType"))),
                _ => throw new ToolErrorException("type: Input should be one of eventsSegmentation, funnels, retention, sessions"),
            };
        }
        catch (ToolErrorException error)
        {
            var type = definition.Field("type") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "eventsSegmentation";
            throw new ToolErrorException(new JsonObject { ["success"] = false, ["error"] = error.Message, ["chartTypeSchema"] = RawEmission.Example(type) }.ToJsonString());
        }
    }

    private SegmentationQuery Segmentation(string? name, JsonElement parameters)
    {
        var events = parameters.Items("events").Select(Event).ToArray();
        var metric = parameters.Text("metric") switch
        {
            null or "uniques" => Metric.Uniques,
            "totals" => Metric.Totals,
            "average" => Metric.Average,
            "pct_dau" => Metric.ActivePercent,
            "frequency" => Metric.Frequency,
            "sums" => Metric.PropertySum,
            "value_avg" => Metric.PropertyAverage,
            "value_min" => Metric.PropertyMin,
            "value_max" => Metric.PropertyMax,
            "value_median" => Metric.PropertyMedian,
            "value_count" => Metric.PropertyCount,
            "formula" => Metric.Formula,
            _ => throw new ToolErrorException("params.metric: Input should be one of uniques, totals, average, pct_dau, frequency, sums, value_avg, formula"),
        };
        return TypedCharts.Build(name ?? string.Join(", ", events.Select(item => item.Name)), Range(parameters), Segments(parameters), Groups(parameters, "groupBy"), events, metric, parameters.Text("formula"));
    }

    private FunnelQuery Funnel(string? name, JsonElement parameters)
    {
        var steps = parameters.Items("events").Select(Event).ToArray();
        if (steps.Length is < 2 or > 20)
        {
            throw new ToolErrorException("params.events: a funnel has 2 to 20 steps");
        }

        var window = parameters.Field("conversionWindow");
        var length = window.ValueKind == JsonValueKind.Object
            ? TypedCharts.Window(window.Number("value", 1), window.Required("unit"))
            : TimeSpan.FromSeconds(parameters.Number("conversionSeconds", 30 * 86_400));
        var ordered = parameters.Text("order") switch
        {
            null or "this_order" => true,
            "any_order" => false,
            _ => throw new ToolErrorException("params.order: Input should be one of this_order, any_order"),
        };
        return new(name ?? string.Join(" → ", steps.Select(step => step.Name)), Range(parameters), Segments(parameters), Groups(parameters, "groupBy"), steps, length, ordered);
    }

    private RetentionQuery Retention(string? name, JsonElement parameters)
    {
        var start = parameters.Field("startEvent");
        var returns = parameters.Items("retentionEvents").Select(Event).DefaultIfEmpty(new("_active", [], [])).ToArray();
        var method = TypedCharts.ReadMethod(parameters.Text("retentionMethod") ?? "rolling");
        return new(name ?? "Retention", Range(parameters), Segments(parameters), Groups(parameters, "groupBy"), start.ValueKind == JsonValueKind.Object ? Event(start) : new("_new", [], []), returns, method,
            TypedCharts.Brackets(parameters, "retentionBrackets", method));
    }

    private EventRef Event(JsonElement item)
    {
        Filter[] filters = [.. item.Items("filters").Select(filter => new Filter(filter.Required("subprop_key"), Scope(filter.Text("subprop_type")), Operator(filter.Required("subprop_op")), filter.Values("subprop_value")))];
        return new(item.Required("event_type"), filters, Groups(item, "group_by"));
    }

    private GroupKey[] Groups(JsonElement item, string name) => [.. item.Items(name).Select(key => new GroupKey(Bare(key.Required("value")), Scope(key.Text("type"))))];

    private Segment[] Segments(JsonElement parameters)
    {
        Segment[] segments = [.. parameters.Items("segments").Select(Segment)];
        return segments.Length == 0 ? [Query.Segment.Everyone] : segments;
    }

    private Segment Segment(JsonElement segment)
    {
        var filters = new List<Filter>();
        var cohorts = new List<CohortFilter>();
        foreach (var condition in segment.Items("conditions"))
        {
            if (condition.Text("type") == "cohort")
            {
                cohorts.Add(new(condition.Required("cohort_id"), condition.Text("op") != "is_not_in"));
                continue;
            }

            var name = condition.Required("prop");
            if (condition.Text("prop_type") is null or "user" && !name.StartsWith("gp:", StringComparison.Ordinal) && !PropertyCatalogue.BuiltIn.Any(property => property.Name == name))
            {
                throw new ToolErrorException($"Invalid user property {name}");
            }

            filters.Add(new(Bare(name), Scope(condition.Text("prop_type") ?? "user"), Operator(condition.Required("op")), condition.Values("values")));
        }

        var label = segment.Text("name") ?? (filters.Count > 0 ? TypedCharts.Describe([.. filters]) : cohorts.Count > 0 ? string.Join(", ", cohorts.Select(CohortName)) : Query.Segment.Everyone.Name);
        return new(label, [.. filters], [.. cohorts]);
    }

    private string CohortName(CohortFilter filter) => Array.Find(project.Cohorts, cohort => cohort.Id == filter.CohortId)?.Name ?? filter.CohortId;

    private string Bare(string name) => name.StartsWith("gp:", StringComparison.Ordinal) && properties.Find("user", name) is { } property ? property.Name : name;

    private static SessionMeasure Measure(string? type) => type switch
    {
        null or "totalSessions" => SessionMeasure.Total,
        "average" => SessionMeasure.AverageLength,
        "peruser" => SessionMeasure.PerUser,
        _ => throw new ToolErrorException("params.sessionType: Input should be one of totalSessions, average, peruser"),
    };

    private static string Scope(string? type) => type switch
    {
        null or "event" => "event",
        "user" => "user",
        _ => throw new ToolErrorException($"property type {type} is not supported: use event or user"),
    };

    private static string Operator(string op) => op switch
    {
        "set is" => "is",
        "set is not" => "is not",
        _ => op,
    };

    private DateRange Range(JsonElement parameters)
    {
        var range = parameters.Text("range");
        return DateRangeParsing.Parse(range ?? (parameters.Field("start").ValueKind == JsonValueKind.Undefined ? "Last 30 Days" : null), parameters.Field("start"), parameters.Field("end"), parameters.Text("timezone"),
            DateRangeParsing.ParseRawInterval(parameters.Number("interval", 1)), project.Zone, now);
    }
}
