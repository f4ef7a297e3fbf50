using System.Globalization;
using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>The members of a funnel's reply that are checked.</summary>
internal static class FunnelReply
{
    public static JsonArray Of(EventFile file, Chart chart, Segments segments, DateTime now)
    {
        var funnels = new Funnels(file, chart, segments, now);
        var reply = new JsonArray();
        for (var index = 0; index < chart.Segments.Length; index++)
        {
            var groups = funnels.Attempts(chart.Segments[index])
                .GroupBy(attempt => Grouping.Key(attempt.First, chart.GroupBy)).ToDictionary(group => group.Key, group => group.ToList());
            if (chart.GroupBy.Length == 0 && groups.Count == 0)
            {
                groups[""] = [];
            }

            foreach (var (key, attempts) in groups.Where(group => chart.GroupBy.Length == 0 || Funnels.Best(group.Value).Count > 0)
                .OrderByDescending(group => Funnels.Best(group.Value).Count).ThenBy(group => string.Join("; ", Grouping.Labels(group.Key)), StringComparer.Ordinal).Take(chart.GroupByLimit))
            {
                reply.Add(One(chart, index, chart.GroupBy.Length == 0 ? null : string.Join("; ", Grouping.Labels(key)), attempts, now));
            }
        }

        return reply;
    }

    private static JsonObject One(Chart chart, int segment, string? group, List<Attempt> attempts, DateTime now)
    {
        var steps = chart.Events.Length;
        var best = Funnels.Best(attempts);
        var counts = Funnels.Counts(best, steps);
        var days = chart.Intervals.Select(start => Funnels.Best(attempts.Where(attempt => chart.Calendar.Start(attempt.First.Time, chart.Interval) == start))).ToArray();
        JsonArray PerDay(Func<List<Attempt>, IEnumerable<double>> values) => Json.Array(days.Select(day => Json.Array(values(day))));
        var reply = new JsonObject
        {
            ["meta"] = new JsonObject { ["segmentIndex"] = segment },
            ["groupValue"] = group,
            ["events"] = Json.Array(chart.Events.Select(item => item.Name)),
            ["cumulativeRaw"] = Json.Array(counts.Select(count => (double)count)),
            ["cumulative"] = Json.Array(counts.Select(count => counts[0] == 0 ? 0 : (double)count / counts[0])),
            ["stepByStep"] = Json.Array(counts.Select((count, index) => index == 0 ? (count > 0 ? 1 : 0) : Metrics.Divide(count, counts[index - 1]))),
            ["medianTransTimes"] = Json.Array(Medians(best, steps)),
            ["avgTransTimes"] = Json.Array(Averages(best, steps)),
            ["dayFunnels"] = new JsonObject
            {
                ["series"] = PerDay(day => Funnels.Counts(day, steps).Select(count => (double)count)),
                ["xValues"] = Json.Array(chart.Intervals.Select(start => Calendar.Label(start, chart.Interval))),
                ["isComplete"] = Json.Array(chart.Intervals.Select(start => chart.Calendar.End(start, chart.Interval) + chart.Window <= now)),
            },
            ["dayMedianTransTimes"] = new JsonObject { ["series"] = PerDay(day => Medians(day, steps)) },
            ["dayAvgTransTimes"] = new JsonObject { ["series"] = PerDay(day => Averages(day, steps)) },
            ["transTimePercentiles"] = Percentiles(chart, percent => Json.Array(Enumerable.Range(0, steps).Select(step => Funnels.Percentile(Funnels.Times(best, step), percent)))),
        };
        if (chart.Measure is "time_to_convert" or "time_to_convert_over_time")
        {
            reply["timeToConvert"] = TimeToConvert(chart, best);
        }

        return reply;
    }

    private static JsonObject Percentiles(Chart chart, Func<double, JsonNode> of) =>
        new(chart.Percentiles.Select(percent => KeyValuePair.Create<string, JsonNode?>(percent.ToString(CultureInfo.InvariantCulture), of(percent))));

    /// <summary>From the first step to the last, of those who finished.</summary>
    private static JsonObject TimeToConvert(Chart chart, List<Attempt> best)
    {
        double[] times = [.. best.Where(attempt => attempt.Depth == chart.Events.Length).Select(attempt => (attempt.Reached[^1] - attempt.Reached[0]).TotalMilliseconds)];
        return new()
        {
            ["count"] = (double)times.Length,
            ["median"] = Metrics.Median(times),
            ["average"] = times.DefaultIfEmpty(0).Average(),
            ["percentiles"] = Percentiles(chart, percent => JsonValue.Create(Funnels.Percentile(times, percent))),
        };
    }

    private static IEnumerable<double> Medians(IReadOnlyCollection<Attempt> best, int steps) =>
        Enumerable.Range(0, steps).Select(step => Metrics.Median(Funnels.Times(best, step)));

    private static IEnumerable<double> Averages(IReadOnlyCollection<Attempt> best, int steps) =>
        Enumerable.Range(0, steps).Select(step => Funnels.Times(best, step).DefaultIfEmpty(0).Average());
}
