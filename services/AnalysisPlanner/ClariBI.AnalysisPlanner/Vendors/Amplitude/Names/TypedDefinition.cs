using System.Text.Json;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Compiling;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Names;

/// <summary>Reads a saved chart's typed form as a query; null for anything that a query cannot say exactly.</summary>
internal static class TypedDefinition
{
    public static AnalysisQuery? Read(JsonElement chart)
    {
        var dates = chart.Field("dateRange");
        var range = RelativeRange.Read(dates.Field("relative"), dates.Field("start"), dates.Field("end"), dates.Field("timezone").Text());
        var segments = chart.Field("segments").Each().Where(segment => segment.Field("where").List().Any()).ToList();
        if (range is null || segments.Exists(segment => segment.Field("performed").List().Any()))
        {
            return null;
        }

        var query = chart.Field("kind").Text() switch
        {
            "segmentation" => Segmentation(chart, range),
            "funnel" => Funnel(chart, range),
            "retention" => Retention(chart, range),
            _ => null,
        };
        var groups = chart.Field("groupBy").Each().Select(Group).ToList();
        var named = segments.ConvertAll(segment => (Filters: Filters(segment), Name: segment.Field("name").Text()));
        if (query is null || groups.Exists(group => group is null) || named.Exists(segment => segment.Filters is null))
        {
            return null;
        }

        return query with
        {
            GroupBy = [.. groups.Select(group => group!)],
            Segments = [.. named.Select(segment => new Segment(segment.Name ?? Describe(segment.Filters!), segment.Filters!))],
            Interval = Interval(chart.Field("interval").Text()),
        };
    }

    private static AnalysisQuery? Segmentation(JsonElement chart, DateRange range)
    {
        // Typed reads write the field as as_.
        var aggregation = Aggregation(chart.Field("measuredAs").Field("as").Text() ?? "unique_users");
        var measures = chart.Field("events").Each().Select(item => Measure(item, aggregation)).ToList();
        return aggregation is null || measures.Count == 0 || measures.Exists(measure => measure is null)
            ? null
            : new AnalysisQuery { Kind = QueryKind.Trend, Measures = [.. measures.Select(measure => measure!)], Range = range };
    }

    private static Measure? Measure(JsonElement item, Aggregation? aggregation)
    {
        if (item.Field("event").Text() is not { } name || aggregation is not { } measured || Filters(item) is not { } filters)
        {
            return null;
        }

        var isOfProperty = measured >= Contracts.AnalysisPlanner.Aggregation.PropertySum;
        var grouped = item.Field("groupBy").Each().Select(group => group.Field("property").Text()).ToList();
        return grouped.Count == (isOfProperty ? 1 : 0)
            ? new Measure(name, measured, isOfProperty ? grouped[0] : null) { Filters = filters }
            : null;
    }

    private static AnalysisQuery? Funnel(JsonElement chart, DateRange range)
    {
        var steps = chart.Field("steps").Each().Select(step => step.Field("event").Text() is { } name && Filters(step) is { } filters
            ? new FunnelStep(name) { Filters = filters }
            : null).ToList();
        var window = chart.Field("conversionWindow");
        var days = window.ValueKind == JsonValueKind.Undefined ? 30 : WholeDays(window.Field("value").Number() ?? 0, window.Field("unit").Text());
        return steps.Count < 2 || steps.Contains(null) || days is null || chart.Field("mode").Text() is not (null or "ordered")
            ? null
            : new AnalysisQuery { Kind = QueryKind.Funnel, Steps = [.. steps.Select(step => step!)], ConversionWindowDays = days.Value, Range = range };
    }

    private static AnalysisQuery? Retention(JsonElement chart, DateRange range)
    {
        var start = chart.Field("startEvent");
        var returns = chart.Field("returnEvents").Each().ToList();
        var method = chart.Field("retentionMethod").Text();
        if (returns.Count > 1 || method is not (null or "nday" or "rolling") || start.Field("where").List().Any() || returns.Exists(item => item.Field("where").List().Any()))
        {
            return null;
        }

        return new AnalysisQuery
        {
            Kind = QueryKind.Retention,
            Retention = new RetentionSpec(
                start.Field("event").Text() ?? SpecialEvents.NewUser,
                (returns.Count == 1 ? returns[0].Field("event").Text() : null) ?? SpecialEvents.AnyActive,
                Day: null,
                method == "nday" ? RetentionMethod.NDay : RetentionMethod.Rolling),
            Range = range,
        };
    }

    private static GroupBy? Group(JsonElement group) => group.Field("property").Text() is { } property && Scope(group) is { } scope
        ? new GroupBy(AmplitudeWords.PlainProperty(property), scope)
        : null;

    private static List<PropertyFilter>? Filters(JsonElement item)
    {
        var filters = item.Field("where").Each().Select(filter =>
            filter.Field("property").Text() is { } property && Scope(filter) is { } scope && AmplitudeWords.Operator(filter.Field("op").Text()) is { } operation
                ? new PropertyFilter(AmplitudeWords.PlainProperty(property), scope, operation, [.. filter.Field("values").Each().Select(value => value.Text() ?? "")])
                : null).ToList();
        return filters.Contains(null) ? null : [.. filters.Select(filter => filter!)];
    }

    private static PropertyScope? Scope(JsonElement item) => item.Field("scope").Text() switch
    {
        null or "user" => PropertyScope.User,
        "event" => PropertyScope.Event,
        _ => null,
    };

    private static string Describe(IReadOnlyList<PropertyFilter> filters) =>
        string.Join(", ", filters.Select(filter => $"{filter.Property} {AmplitudeWords.Operator(filter.Operator)} {string.Join(" or ", filter.Values)}"));

    private static int? WholeDays(double value, string? unit) => unit switch
    {
        "day" => (int)value,
        "week" => (int)value * 7,
        "hour" when value % 24 == 0 => (int)value / 24,
        "second" when value % 86_400 == 0 => (int)(value / 86_400),
        _ => null,
    };

    private static Interval Interval(string? text) =>
        Enum.TryParse<Interval>(text, ignoreCase: true, out var interval) ? interval : Contracts.AnalysisPlanner.Interval.Day;

    private static Aggregation? Aggregation(string text) => text switch
    {
        "unique_users" => Contracts.AnalysisPlanner.Aggregation.UniqueUsers,
        "event_totals" => Contracts.AnalysisPlanner.Aggregation.Totals,
        "avg_per_user" => Contracts.AnalysisPlanner.Aggregation.AveragePerUser,
        "active_pct" => Contracts.AnalysisPlanner.Aggregation.ActivePercent,
        "property_sum" => Contracts.AnalysisPlanner.Aggregation.PropertySum,
        "property_avg" => Contracts.AnalysisPlanner.Aggregation.PropertyAverage,
        "property_min" => Contracts.AnalysisPlanner.Aggregation.PropertyMinimum,
        "property_max" => Contracts.AnalysisPlanner.Aggregation.PropertyMaximum,
        "property_median" => Contracts.AnalysisPlanner.Aggregation.PropertyMedian,
        _ => null,
    };
}
