using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Query.Funnels;

internal static class FunnelRendering
{
    public static JsonObject Render(FunnelQuery query, List<FunnelResult> results) => JsonRendering.Response(new()
    {
        ["data"] = new JsonArray([.. results.Select(result => new JsonObject
        {
            ["meta"] = new JsonObject { ["segmentIndex"] = result.SegmentIndex },
            ["events"] = new JsonArray([.. query.Steps.Select(step => JsonValue.Create(step.Name))]),
            ["cumulativeRaw"] = JsonRendering.Numbers(result.Reached.Select(count => (double)count)),
            ["cumulative"] = JsonRendering.Numbers(result.Reached.Select(count => Ratio(count, result.Reached[0]))),
            ["stepByStep"] = JsonRendering.Numbers(result.Reached.Select((count, step) => Ratio(count, result.Reached[Math.Max(0, step - 1)]))),
            ["medianTransTimes"] = JsonRendering.Numbers(result.TransitionMilliseconds.Select(Median)),
            ["avgTransTimes"] = JsonRendering.Numbers(result.TransitionMilliseconds.Select(Average)),
            ["dayFunnels"] = Days(query, result, day => day.Reached.Select(count => (double)count), withCompleteness: true),
            ["dayMedianTransTimes"] = Days(query, result, day => day.Transitions.Select(Median), withCompleteness: false),
            ["dayAvgTransTimes"] = Days(query, result, day => day.Transitions.Select(Average), withCompleteness: false),
            ["groupValue"] = result.Group,
        })]),
        ["numSeries"] = results.Count,
        ["wasCached"] = false,
        ["backend"] = "sandbox",
    });

    private static JsonObject Days(FunnelQuery query, FunnelResult result, Func<(long[] Reached, List<long>[] Transitions), IEnumerable<double>> values, bool withCompleteness)
    {
        var range = query.Range;
        var days = new JsonObject
        {
            ["series"] = new JsonArray([.. result.Days.Values.Select(day => JsonRendering.Numbers(values(day)))]),
            ["xValues"] = new JsonArray([.. result.Days.Keys.Select(day => JsonValue.Create(range.Label(day)))]),
            ["formattedXValues"] = new JsonArray([.. result.Days.Keys.Select(day => JsonValue.Create(JsonRendering.Short(range, day)))]),
        };
        if (withCompleteness)
        {
            days["isComplete"] = new JsonArray([.. result.Days.Keys.Select(day => JsonValue.Create(DateRange.Next(day, range.Interval) + query.Window <= range.LocalNow))]);
        }

        return days;
    }

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private static double Average(List<long> values) => values.Count == 0 ? 0 : Math.Round(values.Average());

    private static double Median(List<long> values)
    {
        if (values.Count == 0)
        {
            return 0;
        }

        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : Math.Round((sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2.0);
    }
}
