using System.Globalization;
using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Query.Funnels;

internal static class FunnelRendering
{
    public static JsonObject Render(FunnelQuery query, List<FunnelResult> results)
    {
        ReplySize.Check(3L * results.Count * query.Range.Buckets.Count * query.Steps.Length);
        return JsonRendering.Response(new()
        {
            ["data"] = new JsonArray([.. results.Select(result => Funnel(query, result))]),
            ["numSeries"] = results.Count,
            ["wasCached"] = false,
            ["backend"] = "sandbox",
        });
    }

    private static JsonObject Funnel(FunnelQuery query, FunnelResult result)
    {
        var steps = query.Steps.Length;
        var whole = new FunnelFigures(result.Paths, steps);
        FunnelFigures[] intervals = [.. query.Range.Buckets.Select((_, index) => new FunnelFigures(result.Intervals.GetValueOrDefault(index) ?? [], steps))];
        var counts = Intervals(query.Range, intervals, figures => figures.Reached);
        counts["isComplete"] = new JsonArray([.. query.Range.Buckets.Select(bucket => JsonValue.Create(IsComplete(query, bucket)))]);
        var funnel = new JsonObject
        {
            ["meta"] = new JsonObject { ["segmentIndex"] = result.SegmentIndex },
            ["events"] = new JsonArray([.. query.Steps.Select(step => JsonValue.Create(step.Name))]),
            ["cumulativeRaw"] = JsonRendering.Numbers(whole.Reached),
            ["cumulative"] = JsonRendering.Numbers(whole.Reached.Select(count => Ratio(count, whole.Reached[0]))),
            ["stepByStep"] = JsonRendering.Numbers(whole.Reached.Select((count, step) => Ratio(count, whole.Reached[Math.Max(0, step - 1)]))),
            ["medianTransTimes"] = JsonRendering.Numbers(whole.Medians),
            ["avgTransTimes"] = JsonRendering.Numbers(whole.Averages),
            ["transTimePercentiles"] = Percentiles(query, percent => JsonRendering.Numbers(whole.Percentiles(percent))),
            ["dayFunnels"] = counts,
            ["dayMedianTransTimes"] = Intervals(query.Range, intervals, figures => figures.Medians),
            ["dayAvgTransTimes"] = Intervals(query.Range, intervals, figures => figures.Averages),
            ["groupValue"] = result.Group,
        };
        if (query.Measure is FunnelMeasure.TimeToConvert or FunnelMeasure.TimeToConvertOverTime)
        {
            funnel["timeToConvert"] = TimeToConvert(query, whole.ToConvert());
        }

        if (query.Measure == FunnelMeasure.TimeToConvertOverTime)
        {
            funnel["dayTimeToConvert"] = Intervals(query.Range, intervals, figures => figures.ToConvert() is var times ? [FunnelFigures.Median(times), FunnelFigures.Average(times)] : []);
        }

        return funnel;
    }

    private static JsonObject Intervals(DateRange range, FunnelFigures[] intervals, Func<FunnelFigures, IEnumerable<double>> values) => new()
    {
        ["series"] = new JsonArray([.. intervals.Select(figures => JsonRendering.Numbers(values(figures)))]),
        ["xValues"] = new JsonArray([.. range.Buckets.Select(bucket => JsonValue.Create(range.Label(bucket)))]),
        ["formattedXValues"] = new JsonArray([.. range.Buckets.Select(bucket => JsonValue.Create(JsonRendering.Short(range, bucket)))]),
    };

    private static JsonObject TimeToConvert(FunnelQuery query, double[] times) => new()
    {
        ["count"] = times.Length,
        ["median"] = JsonRendering.Number(FunnelFigures.Median(times)),
        ["average"] = JsonRendering.Number(FunnelFigures.Average(times)),
        ["percentiles"] = Percentiles(query, percent => JsonRendering.Number(FunnelFigures.Percentile(times, percent))),
        ["bins"] = ConversionBins.Count(times),
    };

    private static JsonObject Percentiles(FunnelQuery query, Func<decimal, JsonNode> value)
    {
        var percentiles = new JsonObject();
        foreach (var percent in query.Percentiles)
        {
            percentiles[percent.ToString("0.######", CultureInfo.InvariantCulture)] = value(percent);
        }

        return percentiles;
    }

    /// <summary>Nobody who entered in the interval can still convert.</summary>
    private static bool IsComplete(FunnelQuery query, DateTime bucket) => DateRange.Utc(DateRange.Next(bucket, query.Range.Interval), query.Range.Zone) + query.Window <= query.Range.Now;

    private static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;
}
