using System.Text.Json;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query;

/// <summary>Reads the typed "chart" of query_amplitude_data. Its shape has been checked against the schema before.</summary>
internal sealed class TypedCharts(Project project, PropertyCatalogue properties, DateTime now)
{
    public ChartQuery Read(JsonElement chart) => chart.Required("kind") switch
    {
        "segmentation" => Segmentation(chart),
        "funnel" => Funnel(chart),
        "retention" => Retention(chart),
        "sessions" => new SessionsQuery(Name(chart, "Sessions"), Range(chart), Segments(chart), Groups(chart), chart.Text("measured_as") switch
        {
            null or "totalSessions" => SessionMeasure.Total,
            "average" => SessionMeasure.AverageLength,
            _ => SessionMeasure.PerUser,
        }),
        var kind => throw new ToolErrorException($"chart.kind: {kind} is not supported"),
    };

    private SegmentationQuery Segmentation(JsonElement chart)
    {
        var events = chart.Items("events").Select(Event).ToArray();
        var measured = chart.Field("measured_as");

        // Typed reads name this field as_, which queries ignore, exactly as the hosted server does.
        var (metric, formula) = (ReadMetric(measured.Text("as") ?? "unique_users"), measured.Text("formula"));
        return Build(Name(chart, string.Join(", ", events.Select(item => item.Name))), Range(chart), Segments(chart), Groups(chart), events, metric, formula);
    }

    /// <summary>An event's own group-bys group the chart, except the one that a property metric measures.</summary>
    public static SegmentationQuery Build(string name, DateRange range, Segment[] segments, GroupKey[] groups, EventRef[] events, Metric metric, string? formula)
    {
        if (events.Length == 0)
        {
            throw new ToolErrorException("events: Array should have at least 1 items");
        }

        if (metric == Metric.Formula && formula is null)
        {
            throw new ToolErrorException("measured_as.formula: Field required");
        }

        var leaves = metric == Metric.Formula ? Formula.Parse(formula!, events.Length).Leaves : [.. events.Select((_, index) => new FormulaLeaf(metric, index))];
        var measuring = leaves.Where(leaf => IsOfProperty(leaf.Metric)).Select(leaf => leaf.Event).ToHashSet();
        foreach (var index in measuring.Where(index => events[index].GroupBy.Length == 0))
        {
            throw new ToolErrorException($"events.{index}.group_by: Field required: the first property of the event's group_by is the one measured");
        }

        var own = events.SelectMany((item, index) => item.GroupBy.Skip(measuring.Contains(index) ? 1 : 0));
        GroupKey[] all = [.. groups.Concat(own).Distinct()];
        if (all.Length > 2)
        {
            throw new ToolErrorException("group_by: at most 2 properties");
        }

        EventRef[] measured = [.. events.Select((item, index) => item with { GroupBy = measuring.Contains(index) ? [item.GroupBy[0]] : [] })];
        return new(name, range, segments, all, measured, metric, formula);
    }

    private FunnelQuery Funnel(JsonElement chart)
    {
        var steps = chart.Items("steps").Select(Event).ToArray();
        var window = chart.Field("conversion_window");
        return new(Name(chart, string.Join(" → ", steps.Select(step => step.Name))), Range(chart), Segments(chart), Groups(chart), steps,
            window.ValueKind == JsonValueKind.Object ? Window(window.Number("value", 1), window.Required("unit")) : TimeSpan.FromDays(30), chart.Text("mode") != "unordered");
    }

    private RetentionQuery Retention(JsonElement chart)
    {
        var start = chart.Field("start_event");
        var returns = chart.Items("return_events").Select(Event).DefaultIfEmpty(new("_active", [], [])).ToArray();
        var method = ReadMethod(chart.Text("retention_method") ?? "rolling");
        return new(Name(chart, "Retention"), Range(chart), Segments(chart), Groups(chart), start.ValueKind == JsonValueKind.Object ? Event(start) : new("_new", [], []), returns, method, Brackets(chart, "retention_brackets", method));
    }

    public static TimeSpan Window(int value, string unit)
    {
        // Counted in seconds first: a TimeSpan of two billion weeks does not exist.
        var seconds = value * unit switch
        {
            "second" => 1L,
            "minute" => 60L,
            "hour" => 3_600L,
            "day" => 86_400L,
            "week" => 604_800L,
            _ => throw new ToolErrorException("conversion_window.unit: Input should be one of second, minute, hour, day, week"),
        };
        return seconds is > 0 and <= 366 * 86_400L ? TimeSpan.FromSeconds(seconds) : throw new ToolErrorException("conversion_window.value: Input should be above 0 and at most a year");
    }

    public static RetentionMethod ReadMethod(string method) => method switch
    {
        "rolling" => RetentionMethod.Rolling,
        "nday" => RetentionMethod.NDay,
        "bracket" => RetentionMethod.Bracket,
        _ => throw new ToolErrorException("retention_method: Input should be one of rolling, nday, bracket"),
    };

    public static (int From, int Until)[] Brackets(JsonElement chart, string name, RetentionMethod method)
    {
        var brackets = chart.Items(name).Select(pair => pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2 && pair[0].TryGetInt32(out var from) && pair[1].TryGetInt32(out var until) && from >= 0 && until > from && until <= 1000
            ? (from, until)
            : throw new ToolErrorException($"{name}: each bracket is [from, until] with 0 <= from < until")).ToArray();
        return method == RetentionMethod.Bracket && brackets.Length == 0 ? throw new ToolErrorException($"{name}: Field required") : brackets;
    }

    private static Metric ReadMetric(string name) => name switch
    {
        "unique_users" => Metric.Uniques,
        "event_totals" => Metric.Totals,
        "avg_per_user" => Metric.Average,
        "active_pct" => Metric.ActivePercent,
        "frequency" => Metric.Frequency,
        "property_sum" => Metric.PropertySum,
        "property_avg" => Metric.PropertyAverage,
        "property_min" => Metric.PropertyMin,
        "property_max" => Metric.PropertyMax,
        "property_median" => Metric.PropertyMedian,
        "property_count" => Metric.PropertyCount,
        "formula" => Metric.Formula,
        _ => throw new ToolErrorException($"measured_as.as: {name} is not supported"),
    };

    public static bool IsOfProperty(Metric metric) => metric is >= Metric.PropertySum and <= Metric.PropertyCount;

    private EventRef Event(JsonElement item) => new(item.Required("event"), Filters(item), Groups(item));

    private Filter[] Filters(JsonElement item) => [.. item.Items("where").Select(filter => new Filter(filter.Required("property"), Scope(filter), filter.Required("op"), filter.Values("values")))];

    private GroupKey[] Groups(JsonElement item)
    {
        GroupKey[] groups = [.. item.Items("group_by").Select(key => new GroupKey(key.Required("property"), Scope(key)))];
        return groups.Length <= 2 ? groups : throw new ToolErrorException("group_by: at most 2 properties");
    }

    /// <summary>Left out, a scope is the user's where there is such a user property.</summary>
    private string Scope(JsonElement item)
    {
        var name = item.Required("property");
        return item.Text("scope") ?? (properties.Find("user", name) is null ? "event" : "user");
    }

    private Segment[] Segments(JsonElement chart)
    {
        Segment[] segments = [.. chart.Items("segments").Select(segment => Filters(segment) is { Length: > 0 } filters ? new Segment(Describe(filters), filters, []) : Segment.Everyone)];
        return segments.Length == 0 ? [Segment.Everyone] : segments;
    }

    public static string Describe(Filter[] filters) => string.Join(", ", filters.Select(filter => $"{filter.Property} {filter.Op} {string.Join(" or ", filter.Values)}"));

    private DateRange Range(JsonElement chart)
    {
        var range = chart.Field("date_range");
        return DateRangeParsing.Parse(range.Text("relative"), range.Field("start"), range.Field("end"), range.Text("timezone"), DateRangeParsing.ParseInterval(chart.Text("interval")), project.Zone, now);
    }

    private static string Name(JsonElement chart, string otherwise) => chart.Text("name") is { Length: > 0 } name ? name : otherwise;
}
