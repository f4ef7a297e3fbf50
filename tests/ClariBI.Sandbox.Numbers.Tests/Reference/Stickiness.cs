using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>Users by the number of days of a week or month on which they did it.</summary>
internal static class Stickiness
{
    public static JsonObject Of(EventFile file, Chart chart, Segments segments)
    {
        var starts = chart.Intervals.Reverse().ToArray();
        var series = new JsonArray();
        foreach (var segment in chart.Segments)
        {
            var events = file.All.Where(item => chart.Range.Has(item) && chart.Events.Any(spec => spec.Matches(item, file)) && segments.Has(segment, item)).ToArray();
            var days = events.GroupBy(item => (item.User, Start: chart.Calendar.Start(item.Time, chart.Interval)))
                .Select(user => (user.Key.Start, Days: user.Select(item => chart.Calendar.Local(item.Time).Date).Distinct().Count())).ToArray();
            var longest = chart.Interval == "week" ? 7 : 31;
            JsonArray Row(Func<DateTime, bool> within) => Json.Array(Enumerable.Range(1, longest)
                .Select(count => new JsonObject { ["days"] = (double)count, ["count"] = (double)days.Count(user => within(user.Start) && user.Days == count) }));
            series.Add(new JsonObject
            {
                ["xValues"] = Json.Array(starts.Select(start => Calendar.Label(start, chart.Interval))),
                ["values"] = new JsonObject(starts.Select(start => KeyValuePair.Create<string, JsonNode?>(RetentionReply.Short(start, chart.Interval), Row(one => one == start)))),
                ["combined"] = Row(_ => true),
            });
        }

        return new() { ["series"] = series };
    }
}
