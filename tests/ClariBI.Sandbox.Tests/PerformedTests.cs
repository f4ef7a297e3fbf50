namespace ClariBI.Sandbox.Tests;

/// <summary>Segments of users who performed an event, and events made of others.</summary>
public sealed class PerformedTests(SandboxServer server) : IAsyncLifetime
{
    private const string Last10 = """ "date_range":{"relative":"Last 10 Days"} """;
    private static readonly DateTime First = SandboxServer.Now.Date.AddDays(-9);
    private Tools tools = null!;

    public async ValueTask InitializeAsync() => tools = await server.Account().ConnectAsync();

    public ValueTask DisposeAsync() => tools.DisposeAsync();

    [Theory]
    [InlineData(">=", 2)]
    [InlineData("greater", 1)]
    [InlineData("<=", 1)]
    [InlineData("less", 1)]
    [InlineData("=", 0)]
    [InlineData("is not", 1)]
    public async Task Each_day_keeps_the_users_who_did_it_so_often_on_that_day(string op, int count)
    {
        var cells = await tools.CsvAsync(Chart($$"""{"event":"Search","op":"{{op}}","count":{{count}} }"""));

        Check(cells, (user, day) => Searches(user, day, day.AddDays(1)), op, count);
    }

    [Theory]
    [InlineData(7, false)]
    [InlineData(7, true)]
    [InlineData(1, true)]
    public async Task A_rolling_window_counts_the_days_up_to_the_day(int days, bool excludesCurrent)
    {
        var cells = await tools.CsvAsync(Chart($$"""{"event":"Search","op":">=","count":3,"time_type":"rolling","time_value":{{days}},"exclude_current_interval":{{(excludesCurrent ? "true" : "false")}} }"""));

        Check(cells, (user, day) => (excludesCurrent ? day : day.AddDays(1)) is var until ? Searches(user, until.AddDays(-days), until) : 0, ">=", 3);
    }

    [Fact]
    public async Task Performed_by_week_looks_at_the_week()
    {
        var reply = await tools.ReadAsync("query_amplitude_data", """
            {"projectId":"100001","definition":{"type":"eventsSegmentation","params":{"range":"Last 3 Weeks","interval":7,"metric":"uniques","events":[{"event_type":"Play Content"}],
             "segments":[{"name":"Searchers","conditions":[{"type":"event","event_type":"Search","op":">=","value":2,"time_type":"currentInterval"}]}]}}}
            """);

        var monday = new DateTime(2026, 11, 2);
        foreach (var week in Enumerable.Range(0, 3).Select(week => monday.AddDays(7 * week)))
        {
            var users = server.Events.Named("Search").Where(item => item.Time >= week && item.Time < week.AddDays(7)).GroupBy(item => item.User).Where(user => user.Count() >= 2).Select(user => user.Key).ToHashSet();
            Tools.Cells(reply)[$"Searchers|{Tools.Date(week)}"].ShouldBe(Users(server.Events.Named("Play Content").Where(item => item.Time >= week && item.Time < week.AddDays(7) && users.Contains(item.User))));
        }
    }

    [Fact]
    public async Task Ever_performed_looks_at_all_time()
    {
        var reply = await tools.ReadAsync("query_amplitude_data", """
            {"projectId":"100001","timeSeriesLimit":0,"definition":{"type":"eventsSegmentation","params":{"range":"Last 10 Days","events":[{"event_type":"_active"}],
             "segments":[{"conditions":[{"type":"event","event_type":"Purchase","op":"<","value":1,"time_type":"allTime"}]}]}}}
            """);

        var buyers = server.Events.Named("Purchase").Select(item => item.User).ToHashSet();
        Tools.Cells(reply)["performed Purchase < 1 ever|Total"].ShouldBe(Users(Recent.Where(item => !buyers.Contains(item.User))));
    }

    [Fact]
    public async Task An_inline_custom_event_is_any_of_its_members()
    {
        var cells = await tools.CsvAsync($$"""
            {"kind":"segmentation","events":[{"event":"Looking","object_type":"INLINE_CUSTOM_EVENT","members":[{"event":"Search"},{"event":"Play Content","where":[{"property":"genre","op":"is","values":["pop"],"scope":"event"}]}]}],{{Last10}}}
            """, """, "timeSeriesLimit":0""");

        cells["All Users|Total"].ShouldBe(Users(Recent.Where(item => item.Type == "Search" || (item.Type == "Play Content" && item["e:genre"] == "pop"))));
    }

    [Fact]
    public async Task A_comparison_event_gives_each_member_a_series()
    {
        var cells = await tools.CsvAsync($$"""
            {"kind":"segmentation","events":[{"event":"Both","object_type":"COMPARISON_EVENT","members":[{"event":"Search"},{"event":"Play Content"}]}],"measured_as":{"as":"event_totals"},{{Last10}}}
            """, """, "timeSeriesLimit":0""");

        cells.ShouldBe(SegmentationTests.Expect(Recent.Where(item => item.Type is "Search" or "Play Content").GroupBy(item => item.Type), type => $"All Users|{type.Key}|Total", items => items.Count()), ignoreOrder: true);
    }

    [Fact]
    public async Task Popular_events_are_the_ten_most_frequent()
    {
        var reply = await tools.ReadAsync("query_amplitude_data", """{"projectId":"100001","timeSeriesLimit":0,"definition":{"type":"eventsSegmentation","params":{"range":"Last 10 Days","metric":"totals","events":[{"event_type":"$popularEvents"}]}}}""");

        var frequent = Recent.GroupBy(item => item.Type).OrderByDescending(type => type.Count()).ThenBy(type => type.Key, StringComparer.Ordinal).Take(10);
        Tools.Cells(reply).ShouldBe(SegmentationTests.Expect(frequent, type => $"All Users|{type.Key}|Total", items => items.Count()), ignoreOrder: true);
    }

    private static string Chart(string performed) => $$"""{"kind":"segmentation","events":[{"event":"Play Content"}],"segments":[{"performed":[{{performed}}]}],{{Last10}}}""";

    private IEnumerable<ExportedEvent> Recent => server.Events.All.Where(item => item.Time >= First);

    private int Searches(long user, DateTime from, DateTime until) => server.Events.Named("Search").Count(item => item.User == user && item.Time >= from && item.Time < until);

    private void Check(SortedDictionary<string, double> cells, Func<long, DateTime, int> done, string op, int count)
    {
        foreach (var day in new[] { First, First.AddDays(6), First.AddDays(9) })
        {
            var players = server.Events.Named("Play Content").Where(item => item.Time.Date == day).Select(item => item.User).Distinct();
            var expected = players.Count(user => done(user, day) is var times && op switch
            {
                ">=" => times >= count,
                "greater" => times > count,
                "<=" => times <= count,
                "less" => times < count,
                "=" => times == count,
                _ => times != count,
            });
            cells.Single(cell => cell.Key.EndsWith($"|{Tools.Date(day)}", StringComparison.Ordinal)).Value.ShouldBe(expected);
        }
    }

    private static double Users(IEnumerable<ExportedEvent> events) => events.Select(item => item.User).Distinct().Count();
}
