using System.Text.Json;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Compiling;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Names;

/// <summary>Reads a saved chart's raw definition as a query; null for anything that a query cannot say exactly.</summary>
internal static class RawDefinitionReader
{
    public static AnalysisQuery? Read(JsonElement definition)
    {
        var parameters = definition.Field("params");
        var range = RelativeRange.Read(parameters.Field("range"), parameters.Field("start"), parameters.Field("end"), parameters.Field("timezone").Text());
        var segments = parameters.Field("segments").Each().Where(segment => segment.Field("conditions").List().Any()).ToList();
        if (range is null || segments.Count > 0)
        {
            return null;
        }

        var query = definition.Field("type").Text() switch
        {
            "eventsSegmentation" => Segmentation(parameters, range),
            "funnels" => Funnel(parameters, range),
            "retention" => Retention(parameters, range),
            _ => null,
        };
        return query is null ? null : query with
        {
            GroupBy = [.. parameters.Field("groupBy").Each().Select(group => new GroupBy(
                AmplitudeWords.PlainProperty(group.Field("value").Text() ?? ""), Scope(group.Field("type").Text())))],
            Interval = parameters.Field("interval").Number() switch
            {
                -3_600_000 => Interval.Hour,
                7 => Interval.Week,
                30 => Interval.Month,
                90 => Interval.Quarter,
                _ => Interval.Day,
            },
        };
    }

    private static AnalysisQuery? Segmentation(JsonElement parameters, DateRange range)
    {
        Aggregation? aggregation = parameters.Field("metric").Text() switch
        {
            "uniques" => Aggregation.UniqueUsers,
            "totals" => Aggregation.Totals,
            "average" => Aggregation.AveragePerUser,
            "pct_dau" => Aggregation.ActivePercent,
            "sums" => Aggregation.PropertySum,
            "value_avg" => Aggregation.PropertyAverage,
            _ => null,
        };
        var events = parameters.Field("events").Each().ToList();
        if (aggregation is not { } measured || events.Count == 0 || events.Exists(item => Name(item) is null))
        {
            return null;
        }

        var isOfProperty = measured >= Aggregation.PropertySum;
        return events.Exists(item => item.Field("groupBy").Each().Count() != (isOfProperty ? 1 : 0))
            ? null
            : new AnalysisQuery
            {
                Kind = QueryKind.Trend,
                Measures = [.. events.Select(item => new Measure(
                    Name(item)!, measured, isOfProperty ? item.Field("groupBy").Each().First().Field("value").Text() : null))],
                Range = range,
            };
    }

    private static AnalysisQuery? Funnel(JsonElement parameters, DateRange range)
    {
        var steps = parameters.Field("events").Each().Select(Name).ToList();
        var window = parameters.Field("conversionWindow");
        var days = parameters.Field("conversionSeconds").Number() / 86_400
            ?? (window.Field("unit").Text() == "day" ? window.Field("value").Number() : null);
        return steps.Count < 2 || steps.Contains(null) || days is not { } whole || whole % 1 != 0 || parameters.Field("order").Text() is not (null or "this_order")
            ? null
            : new AnalysisQuery { Kind = QueryKind.Funnel, Steps = [.. steps.Select(step => new FunnelStep(step!))], ConversionWindowDays = (int)whole, Range = range };
    }

    private static AnalysisQuery? Retention(JsonElement parameters, DateRange range)
    {
        var returns = parameters.Field("retentionEvents").Each().Select(Name).ToList();
        return parameters.Field("retentionMethod").Text() is "nday" or "rolling" && Name(parameters.Field("startEvent")) is { } start && returns is [{ } single]
            ? new AnalysisQuery
            {
                Kind = QueryKind.Retention,
                Retention = new RetentionSpec(
                    start, single, null, parameters.Field("retentionMethod").Text() == "nday" ? RetentionMethod.NDay : RetentionMethod.Rolling),
                Range = range,
            }
            : null;
    }

    /// <summary>Null too for an event with filters: leaving them out would change what the chart says.</summary>
    private static string? Name(JsonElement item) => item.Field("filters").Each().Any() ? null : item.Field("eventType").Text();

    private static PropertyScope Scope(string? type) => type == "event" ? PropertyScope.Event : PropertyScope.User;
}
