using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>Checked against a search that tries every way through a user's events, which the sandbox does not.</summary>
public sealed class FunnelTests(SandboxServer server) : IAsyncLifetime
{
    private static readonly DateTime From = SandboxServer.Now.Date.AddDays(-29);
    private Tools tools = null!;

    public async ValueTask InitializeAsync() => tools = await server.Account().ConnectAsync();

    public ValueTask DisposeAsync() => tools.DisposeAsync();

    [Fact]
    public async Task The_activation_funnel_counts_who_came_how_far_within_the_window()
    {
        string[] steps = ["Sign Up", "Create Profile", "Complete Onboarding", "Play Content"];

        var funnel = (await tools.JsonAsync(Chart(steps, 7, "day"))).GetProperty("data")[0];

        Numbers(funnel, "cumulativeRaw").ShouldBe(Expected(steps, TimeSpan.FromDays(7), _ => true));
        Numbers(funnel, "cumulativeRaw").ShouldAllBe(count => count > 0);
        Numbers(funnel, "cumulative")[3].ShouldBe(Math.Round(Numbers(funnel, "cumulativeRaw")[3] / Numbers(funnel, "cumulativeRaw")[0], 6));
    }

    [Theory]
    [InlineData(5, "minute")]
    [InlineData(1, "hour")]
    [InlineData(1, "week")]
    public async Task The_window_closes_when_it_says(int value, string unit)
    {
        string[] steps = ["Search", "Play Content", "Add to Playlist"];
        var window = unit switch
        {
            "minute" => TimeSpan.FromMinutes(value),
            "hour" => TimeSpan.FromHours(value),
            _ => TimeSpan.FromDays(7 * value),
        };

        var funnel = (await tools.JsonAsync(Chart(steps, value, unit))).GetProperty("data")[0];

        Numbers(funnel, "cumulativeRaw").ShouldBe(Expected(steps, window, _ => true));
    }

    [Fact]
    public async Task Groups_are_those_of_the_first_step()
    {
        string[] steps = ["View Paywall", "Start Trial"];

        var funnels = (await tools.JsonAsync(Chart(steps, 1, "day", """, "group_by":[{"property":"platform","scope":"user"}]"""))).GetProperty("data").EnumerateArray().ToArray();

        funnels.Length.ShouldBe(3);
        foreach (var funnel in funnels)
        {
            var platform = funnel.GetProperty("groupValue").GetString();
            Numbers(funnel, "cumulativeRaw").ShouldBe(Expected(steps, TimeSpan.FromDays(1), item => item["platform"] == platform));
        }
    }

    [Fact]
    public async Task A_segment_asks_about_the_first_step_only()
    {
        string[] steps = ["Start Trial", "Purchase"];

        var funnel = (await tools.JsonAsync(Chart(steps, 10, "day", """, "segments":[{"where":[{"property":"plan","op":"is","values":["free"],"scope":"user"}]}]"""))).GetProperty("data")[0];

        var expected = Expected(steps, TimeSpan.FromDays(10), item => item["u:plan"] == "free");
        Numbers(funnel, "cumulativeRaw").ShouldBe(expected);
        expected[1].ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Days_count_the_users_who_entered_on_them()
    {
        string[] steps = ["Sign Up", "Complete Onboarding"];

        var days = (await tools.JsonAsync(Chart(steps, 2, "day"))).GetProperty("data")[0].GetProperty("dayFunnels");

        var labels = days.GetProperty("xValues").EnumerateArray().Select(label => label.GetString()!).ToArray();
        var series = days.GetProperty("series").EnumerateArray().Select(day => day.EnumerateArray().Select(count => count.GetDouble()).ToArray()).ToArray();
        labels.Length.ShouldBe(30);
        foreach (var (label, counts) in labels.Zip(series))
        {
            counts.ShouldBe(Expected(steps, TimeSpan.FromDays(2), item => Tools.Date(item.Time) == label), label);
        }

        var complete = days.GetProperty("isComplete").EnumerateArray().Select(flag => flag.GetBoolean()).ToArray();
        complete[26].ShouldBeTrue();
        complete[27].ShouldBeFalse();
    }

    [Fact]
    public async Task Median_times_are_those_between_the_steps()
    {
        var funnel = (await tools.JsonAsync(Chart(["Sign Up", "Complete Onboarding"], 7, "day"))).GetProperty("data")[0];

        var times = server.Events.Named("Sign Up").Where(item => item.Time >= From).Select(start => (start, end: server.Events.Named("Complete Onboarding").FirstOrDefault(item => item.User == start.User && item.Order > start.Order && item.Time <= start.Time.AddDays(7))))
            .Where(pair => pair.end is not null).Select(pair => (pair.end!.Time - pair.start.Time).TotalMilliseconds).Order().ToArray();
        Numbers(funnel, "medianTransTimes")[1].ShouldBe(Math.Round((times[(times.Length - 1) / 2] + times[times.Length / 2]) / 2), 1);
    }

    [Fact]
    public async Task Unordered_steps_may_come_in_any_order()
    {
        string[] steps = ["Play Content", "Search", "Share Content"];

        var funnel = (await tools.JsonAsync(Chart(steps, 30, "minute", """, "mode":"unordered" """))).GetProperty("data")[0];

        var reached = new double[steps.Length];
        foreach (var user in server.Events.All.Where(item => item.Time >= From && steps.Contains(item.Type)).GroupBy(item => item.User))
        {
            var depth = user.Max(start =>
            {
                var inWindow = user.Where(item => item.Order >= start.Order && item.Time <= start.Time.AddMinutes(30)).Select(item => item.Type).ToHashSet();
                return steps.TakeWhile(inWindow.Contains).Count();
            });
            for (var step = 0; step < depth; step++)
            {
                reached[step]++;
            }
        }

        Numbers(funnel, "cumulativeRaw").ShouldBe(reached);
    }

    private double[] Expected(string[] steps, TimeSpan window, Func<ExportedEvent, bool> mayStart)
    {
        var depths = server.Events.All.Where(item => item.Time >= From && steps.Contains(item.Type)).GroupBy(item => item.User).Select(user =>
        {
            var events = user.ToArray();
            return events.Where(item => item.Type == steps[0] && mayStart(item)).Select(start => Depth(events, steps, 1, start.Order, start.Time + window)).DefaultIfEmpty(0).Max();
        }).ToArray();
        return [.. steps.Select((_, step) => (double)depths.Count(depth => depth > step))];
    }

    /// <summary>Tries every continuation rather than the next one.</summary>
    private static int Depth(ExportedEvent[] events, string[] steps, int step, int after, DateTime closes)
    {
        if (step == steps.Length)
        {
            return step;
        }

        var next = events.Where(item => item.Order > after && item.Time <= closes && item.Type == steps[step]).ToArray();
        return next.Length == 0 ? step : step == steps.Length - 1 ? step + 1 : next.Max(item => Depth(events, steps, step + 1, item.Order, closes));
    }

    private static string Chart(string[] steps, int value, string unit, string more = "") =>
        $$"""{"kind":"funnel","steps":[{{string.Join(",", steps.Select(step => $$"""{"event":"{{step}}"}"""))}}],"conversion_window":{"value":{{value}},"unit":"{{unit}}"},"date_range":{"relative":"Last 30 Days"}{{more}} }""";

    private static double[] Numbers(JsonElement funnel, string name) => [.. funnel.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
}
