using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>Orders, held properties, exclusions and times, against a walk event by event.</summary>
public sealed class FunnelOptionTests(SandboxServer server) : IAsyncLifetime
{
    private static readonly DateTime From = SandboxServer.Now.Date.AddDays(-29);
    private static readonly TimeSpan Window = TimeSpan.FromHours(12);
    private Tools tools = null!;

    public async ValueTask InitializeAsync() => tools = await server.Account().ConnectAsync();

    public ValueTask DisposeAsync() => tools.DisposeAsync();

    [Theory]
    [InlineData("ordered", "", "")]
    [InlineData("sequential", "", "")]
    [InlineData("unordered", "", "")]
    [InlineData("ordered", "e:genre", """ "hold_property":{"property":"genre","scope":"event"} """)]
    [InlineData("ordered", "e:genre,e:content_type", """ "constant_properties":["content_type","genre"] """)]
    [InlineData("sequential", "e:genre", """ "hold_property":"genre" """)]
    [InlineData("unordered", "e:genre", """ "hold_property":"genre" """)]
    [InlineData("ordered", "", """ "excluded_events":[{"event":"Search"}] """, "Search", -1)]
    [InlineData("ordered", "", """ "excluded_events":[{"event":"Search","step_index":0}] """, "Search", 0)]
    [InlineData("ordered", "", """ "excluded_events":[{"event":"Search","step_index":1}] """, "Search", 1)]
    [InlineData("unordered", "", """ "excluded_events":[{"event":"Search","step_index":-1}] """, "Search", -1)]
    [InlineData("unordered", "", """ "excluded_events":[{"event":"Search","step_index":1}] """, "Search", 1)]
    public async Task Attempts_follow_their_options(string mode, string held, string option, string? excluded = null, int after = -1)
    {
        string[] steps = ["Play Content", "Finish Content", "Add to Playlist"];

        var funnel = (await tools.JsonAsync(Chart(steps, $"\"mode\":\"{mode}\"{(option.Length == 0 ? "" : ",")}{option}"))).GetProperty("data")[0];

        var walk = new Walk(steps, mode, held.Split(',', StringSplitOptions.RemoveEmptyEntries), excluded, after);
        Check(funnel, steps.Length, walk, _ => true);
    }

    [Fact]
    public async Task Options_cost_attempts()
    {
        string[] steps = ["Play Content", "Finish Content", "Add to Playlist"];
        var reached = new List<double>();
        foreach (var option in new[] { "", ",\"mode\":\"sequential\"", ",\"hold_property\":\"genre\"", ",\"excluded_events\":[{\"event\":\"Search\"}]" })
        {
            reached.Add(Numbers((await tools.JsonAsync(Chart(steps, "\"name\":\"x\"" + option))).GetProperty("data")[0].GetProperty("cumulativeRaw"))[2]);
        }

        reached.ShouldAllBe(count => count > 0);
        reached.Skip(1).ShouldAllBe(count => count < reached[0]);
    }

    [Fact]
    public async Task A_performed_condition_looks_at_the_interval_of_the_first_step()
    {
        string[] steps = ["Play Content", "Add to Playlist"];

        var funnel = (await tools.JsonAsync(Chart(steps, """ "segments":[{"performed":[{"event":"Search","op":">=","count":2,"time_type":"forEachInterval"}]}] """))).GetProperty("data")[0];

        var busy = server.Events.Named("Search").GroupBy(item => (item.User, item.Time.Date)).Where(group => group.Count() >= 2).Select(group => group.Key).ToHashSet();
        Check(funnel, 2, new(steps, "ordered", [], null, -1), start => busy.Contains((start.User, start.Time.Date)));
    }

    [Fact]
    public async Task A_group_of_the_first_step_groups_the_funnel()
    {
        var funnels = (await tools.JsonAsync("""
            {"kind":"funnel","steps":[{"event":"Play Content","group_by":[{"property":"content_type","scope":"event"}]},{"event":"Finish Content"},{"event":"Add to Playlist"}],"conversion_window":{"value":12,"unit":"hour"},"date_range":{"relative":"Last 30 Days"}}
            """)).GetProperty("data").EnumerateArray().ToArray();

        funnels.Length.ShouldBeGreaterThan(1);
        foreach (var funnel in funnels)
        {
            var type = funnel.GetProperty("groupValue").GetString();
            Check(funnel, 3, new(["Play Content", "Finish Content", "Add to Playlist"], "ordered", [], null, -1), start => start["e:content_type"] == type);
        }
    }

    [Fact]
    public async Task Times_to_convert_come_in_bins_and_percentiles()
    {
        string[] steps = ["Search", "Play Content", "Add to Playlist"];

        var funnel = (await tools.JsonAsync(Chart(steps, """ "measured_as":{"as":"time_to_convert_over_time"},"trans_time_percentiles":[10,50,99.5] """))).GetProperty("data")[0];

        var times = Users(new(steps, "ordered", [], null, -1), _ => true).Select(user => user.Best).Where(path => path.Times.Count == 3).Select(path => (path.Times[2] - path.Times[0]).TotalMilliseconds).Order().ToArray();
        var converted = funnel.GetProperty("timeToConvert");
        converted.GetProperty("count").GetInt32().ShouldBe(times.Length);
        converted.GetProperty("percentiles").EnumerateObject().Select(percentile => percentile.Name).ShouldBe(["10", "50", "99.5"]);
        converted.GetProperty("percentiles").GetProperty("99.5").GetDouble().ShouldBe(times.First(time => times.Count(other => other <= time) >= times.Length * 0.995), 1);
        converted.GetProperty("bins").EnumerateArray().Select(bin => bin.GetProperty("count").GetInt32())
            .ShouldBe(converted.GetProperty("bins").EnumerateArray().Select(bin => times.Count(time => time >= bin.GetProperty("from").GetDouble() && time < bin.GetProperty("to").GetDouble())));
        funnel.GetProperty("transTimePercentiles").GetProperty("50")[0].GetDouble().ShouldBe(0);
        funnel.GetProperty("dayTimeToConvert").GetProperty("series").GetArrayLength().ShouldBe(30);
    }

    private void Check(JsonElement funnel, int steps, Walk walk, Func<ExportedEvent, bool> mayStart)
    {
        var users = Users(walk, mayStart);
        Path[] best = [.. users.Select(user => user.Best)];
        best.ShouldContain(path => path.Times.Count == steps);
        Numbers(funnel.GetProperty("cumulativeRaw")).ShouldBe(Reached(best, steps));
        for (var step = 1; step < steps; step++)
        {
            var times = best.Where(path => path.Times.Count > step).Select(path => (path.Times[step] - path.Times[step - 1]).TotalMilliseconds).Order().ToArray();
            funnel.GetProperty("medianTransTimes")[step].GetDouble().ShouldBe((times[(times.Length - 1) / 2] + times[times.Length / 2]) / 2, 0.6);
            funnel.GetProperty("avgTransTimes")[step].GetDouble().ShouldBe(times.Average(), 0.6);
            foreach (var percent in new[] { 25, 75, 90, 95, 99 })
            {
                funnel.GetProperty("transTimePercentiles").GetProperty($"{percent}")[step].GetDouble().ShouldBe(times.First(time => 100 * times.Count(other => other <= time) >= percent * times.Length), 0.6);
            }
        }

        var days = funnel.GetProperty("dayFunnels");
        foreach (var (label, counts) in days.GetProperty("xValues").EnumerateArray().Zip(days.GetProperty("series").EnumerateArray()))
        {
            Numbers(counts).ShouldBe(Reached(users.SelectMany(user => user.Days).Where(day => Tools.Date(day.Start) == label.GetString()), steps), label.GetString());
        }
    }

    private (Path Best, Path[] Days)[] Users(Walk walk, Func<ExportedEvent, bool> mayStart) =>
    [
        .. server.Events.All.Where(item => item.Time >= From && item.Time < SandboxServer.Now).GroupBy(item => item.User)
            .Select(user => walk.Paths([.. user], mayStart)).Where(paths => paths.Count > 0)
            .Select(paths => (paths.MaxBy(path => path.Times.Count)!, paths.GroupBy(path => path.Start.Date).Select(day => day.MaxBy(path => path.Times.Count)!).ToArray())),
    ];

    private static double[] Reached(IEnumerable<Path> paths, int steps)
    {
        var all = paths.ToArray();
        return [.. Enumerable.Range(0, steps).Select(step => (double)all.Count(path => path.Times.Count > step))];
    }

    private static string Chart(string[] steps, string more) =>
        $$"""{"kind":"funnel","steps":[{{string.Join(",", steps.Select(step => $$"""{"event":"{{step}}"}"""))}}],"conversion_window":{"value":12,"unit":"hour"},"date_range":{"relative":"Last 30 Days"},{{more}} }""";

    private static double[] Numbers(JsonElement values) => [.. values.EnumerateArray().Select(value => value.GetDouble())];

    private sealed record Path(DateTime Start, List<DateTime> Times);

    /// <summary>The rules as they read, one event after the other.</summary>
    private sealed record Walk(string[] Steps, string Mode, string[] Held, string? Excluded, int After)
    {
        public List<Path> Paths(ExportedEvent[] events, Func<ExportedEvent, bool> mayStart)
        {
            var paths = new List<Path>();
            for (var start = 0; start < events.Length; start++)
            {
                if (mayStart(events[start]) && (Mode == "unordered" ? Steps.Contains(events[start].Type) : events[start].Type == Steps[0]) && Follow(events, start) is { Count: > 0 } times)
                {
                    paths.Add(new(events[start].Time, times));
                }
            }

            return paths;
        }

        private List<DateTime> Follow(ExportedEvent[] events, int start)
        {
            var times = new List<DateTime>();
            var seen = new HashSet<string>();
            foreach (var item in events.Skip(start).TakeWhile(item => item.Time <= events[start].Time + Window))
            {
                var (before, holds) = (times.Count, Held.All(name => item[name] == events[start][name]));
                if (Mode == "unordered" && holds)
                {
                    seen.Add(item.Type);
                    times.AddRange(Enumerable.Repeat(item.Time, Steps.TakeWhile(seen.Contains).Count() - times.Count));
                }
                else if (Mode != "unordered" && holds && times.Count < Steps.Length && item.Type == Steps[times.Count])
                {
                    times.Add(item.Time);
                }

                var isStart = item == events[start];
                if (!isStart && times.Count == before && (Mode == "sequential" || (item.Type == Excluded && (After == -1 || times.Count == After + 1))))
                {
                    break;
                }
            }

            return times;
        }
    }
}
