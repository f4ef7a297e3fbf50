using System.Text.Json.Nodes;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Compiling;

/// <summary>The raw <c>definition</c>, the only form <c>query_dataset</c> takes.</summary>
internal static class RawDefinition
{
    public static JsonObject Compile(ChartAsk ask)
    {
        var (type, parameters) = ask.Query.Kind switch
        {
            QueryKind.Funnel => ("funnels", Funnel(ask)),
            QueryKind.Retention => ("retention", Retention(ask)),
            _ => ("eventsSegmentation", Segmentation(ask)),
        };
        parameters["start"] = ask.StartEpoch;
        parameters["end"] = ask.EndEpoch;
        parameters["timezone"] = ask.TimeZone;
        parameters["countGroup"] = "User";
        parameters["interval"] = Interval(ask.Query.Interval);
        parameters["segments"] = Segments(ask.Query);
        if (ask.Query.GroupBy.Count > 0)
        {
            parameters["groupBy"] = new JsonArray([.. ask.Query.GroupBy.Select(group => Grouping(group.Property, group.Scope))]);
        }

        return new JsonObject { ["app"] = ask.ProjectId, ["type"] = type, ["name"] = "ClariBI", ["params"] = parameters };
    }

    private static JsonObject Segmentation(ChartAsk ask)
    {
        var measure = ask.Measure!;
        var measured = Event(measure.Event, [.. measure.Filters, .. ask.Query.Filters]);
        if (measure.Property is not null)
        {
            measured["group_by"] = new JsonArray(Grouping(measure.Property, PropertyScope.Event));
        }

        return new JsonObject { ["events"] = new JsonArray(measured), ["metric"] = Metric(measure.Aggregation) };
    }

    private static JsonObject Funnel(ChartAsk ask) => new()
    {
        ["events"] = new JsonArray([.. ask.Query.Steps.Select(step => Event(step.Event, [.. step.Filters, .. ask.Query.Filters]))]),
        ["conversionWindow"] = new JsonObject { ["value"] = ask.Query.ConversionWindowDays, ["unit"] = "day" },
        ["order"] = "this_order",
    };

    private static JsonObject Retention(ChartAsk ask)
    {
        var retention = ask.Query.Retention ?? throw new InvalidOperationException("A retention query says what starts and what returns.");
        return new JsonObject
        {
            ["startEvent"] = Event(retention.StartEvent, ask.Query.Filters),
            ["retentionEvents"] = new JsonArray(Event(retention.ReturnEvent, [])),
            ["retentionMethod"] = retention.Method == RetentionMethod.Rolling ? "rolling" : "nday",
        };
    }

    private static JsonObject Event(string name, IReadOnlyList<PropertyFilter> filters) => new()
    {
        ["event_type"] = name,
        ["filters"] = new JsonArray([.. filters.Select(filter => new JsonObject
        {
            ["group_type"] = "User",
            ["subprop_key"] = AmplitudeWords.RawProperty(filter.Property, filter.Scope),
            ["subprop_op"] = AmplitudeWords.Operator(filter.Operator),
            ["subprop_type"] = Scope(filter.Scope),
            ["subprop_value"] = Values(filter),
        })]),
        ["group_by"] = new JsonArray(),
    };

    private static JsonArray Segments(AnalysisQuery query) => query.Segments.Count == 0
        ? new JsonArray(new JsonObject { ["conditions"] = new JsonArray() })
        : new JsonArray([.. query.Segments.Select(segment => new JsonObject
        {
            ["name"] = segment.Name,
            ["conditions"] = new JsonArray([.. segment.Filters.Select(filter => new JsonObject
            {
                ["type"] = "property",
                ["group_type"] = "User",
                ["prop_type"] = Scope(filter.Scope),
                ["prop"] = AmplitudeWords.RawProperty(filter.Property, filter.Scope),
                ["op"] = AmplitudeWords.Operator(filter.Operator),
                ["values"] = Values(filter),
            })]),
        })]);

    private static JsonObject Grouping(string property, PropertyScope scope) => new()
    {
        ["type"] = Scope(scope),
        ["value"] = AmplitudeWords.RawProperty(property, scope),
        ["group_type"] = "User",
    };

    private static JsonArray Values(PropertyFilter filter) => new([.. filter.Values.Select(value => JsonValue.Create(value))]);

    private static string Scope(PropertyScope scope) => scope == PropertyScope.User ? "user" : "event";

    private static int Interval(Interval interval) => interval switch
    {
        Contracts.AnalysisPlanner.Interval.Hour => -3_600_000,
        Contracts.AnalysisPlanner.Interval.Day => 1,
        Contracts.AnalysisPlanner.Interval.Week => 7,
        Contracts.AnalysisPlanner.Interval.Month => 30,
        Contracts.AnalysisPlanner.Interval.Quarter => 90,
        _ => throw new ArgumentOutOfRangeException(nameof(interval)),
    };

    private static string Metric(Aggregation aggregation) => aggregation switch
    {
        Aggregation.UniqueUsers => "uniques",
        Aggregation.Totals => "totals",
        Aggregation.AveragePerUser => "average",
        Aggregation.ActivePercent => "pct_dau",
        Aggregation.PropertySum => "sums",
        Aggregation.PropertyAverage => "value_avg",
        _ => throw new PlannerProblemException(new PlannerProblem(
            "query-not-supported",
            "Amplitude's older tools cannot compute this.",
            "Minimum, maximum and median of a property need Amplitude's newer query tool. Ask for a sum or an average.")),
    };
}
