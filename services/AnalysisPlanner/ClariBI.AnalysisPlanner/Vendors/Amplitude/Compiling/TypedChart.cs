using System.Text.Json.Nodes;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Compiling;

/// <summary>The typed <c>chart</c> argument of <c>query_amplitude_data</c>.</summary>
internal static class TypedChart
{
    public static JsonObject Compile(ChartAsk ask) => ask.Query.Kind switch
    {
        QueryKind.Funnel => Funnel(ask),
        QueryKind.Retention => Retention(ask),
        _ => Segmentation(ask),
    };

    private static JsonObject Segmentation(ChartAsk ask)
    {
        var measure = ask.Measure!;
        var measured = Event(measure.Event, [.. measure.Filters, .. ask.Query.Filters]);
        if (measure.Property is not null)
        {
            // The property a sum or an average is over is the event's own grouping.
            measured["group_by"] = new JsonArray(Grouping(measure.Property, PropertyScope.Event));
        }

        return Common(ask, "segmentation", new JsonObject
        {
            ["events"] = new JsonArray(measured),
            ["measured_as"] = new JsonObject { ["as"] = As(measure.Aggregation) },
        });
    }

    private static JsonObject Funnel(ChartAsk ask) => Common(ask, "funnel", new JsonObject
    {
        ["steps"] = new JsonArray([.. ask.Query.Steps.Select(step => Event(step.Event, [.. step.Filters, .. ask.Query.Filters]))]),
        ["conversion_window"] = new JsonObject { ["value"] = ask.Query.ConversionWindowDays, ["unit"] = "day" },
        ["measured_as"] = new JsonObject { ["as"] = "conversion" },
        ["mode"] = "ordered",
    });

    private static JsonObject Retention(ChartAsk ask)
    {
        var retention = ask.Query.Retention ?? throw new InvalidOperationException("A retention query says what starts and what returns.");
        return Common(ask, "retention", new JsonObject
        {
            ["start_event"] = Event(retention.StartEvent, ask.Query.Filters),
            ["return_events"] = new JsonArray(Event(retention.ReturnEvent, [])),
            ["retention_method"] = retention.Method == RetentionMethod.Rolling ? "rolling" : "nday",
        });
    }

    private static JsonObject Common(ChartAsk ask, string kind, JsonObject chart)
    {
        chart["kind"] = kind;
        chart["date_range"] = new JsonObject { ["start"] = ask.StartEpoch, ["end"] = ask.EndEpoch, ["timezone"] = ask.TimeZone };
        chart["interval"] = ask.Query.Interval.ToString().ToLowerInvariant();
        if (ask.Query.GroupBy.Count > 0)
        {
            chart["group_by"] = new JsonArray([.. ask.Query.GroupBy.Select(group => Grouping(group.Property, group.Scope))]);
        }

        if (ask.Query.Segments.Count > 0)
        {
            // The typed form has no place for a segment's name: the reader finds them again by their order.
            chart["segments"] = new JsonArray([.. ask.Query.Segments.Select(segment => new JsonObject { ["where"] = Where(segment.Filters) })]);
        }

        return chart;
    }

    private static JsonObject Event(string name, IReadOnlyList<PropertyFilter> filters) =>
        filters.Count == 0
            ? new JsonObject { ["event"] = name }
            : new JsonObject { ["event"] = name, ["where"] = Where(filters) };

    private static JsonArray Where(IReadOnlyList<PropertyFilter> filters) => new([.. filters.Select(filter => new JsonObject
    {
        ["property"] = filter.Property,
        ["op"] = AmplitudeWords.Operator(filter.Operator),
        ["values"] = new JsonArray([.. filter.Values.Select(value => JsonValue.Create(value))]),
        ["scope"] = Scope(filter.Scope),
    })]);

    private static JsonObject Grouping(string property, PropertyScope scope) => new() { ["property"] = property, ["scope"] = Scope(scope) };

    private static string Scope(PropertyScope scope) => scope == PropertyScope.User ? "user" : "event";

    private static string As(Aggregation aggregation) => aggregation switch
    {
        Aggregation.UniqueUsers => "unique_users",
        Aggregation.Totals => "event_totals",
        Aggregation.AveragePerUser => "avg_per_user",
        Aggregation.ActivePercent => "active_pct",
        Aggregation.PropertySum => "property_sum",
        Aggregation.PropertyAverage => "property_avg",
        Aggregation.PropertyMinimum => "property_min",
        Aggregation.PropertyMaximum => "property_max",
        Aggregation.PropertyMedian => "property_median",
        _ => throw new ArgumentOutOfRangeException(nameof(aggregation)),
    };
}
