namespace ClariBI.Sandbox.Tests;

public sealed class SessionTests(SandboxServer server) : IAsyncLifetime
{
    private const string Last10 = """ "date_range":{"relative":"Last 10 Days"} """;
    private static readonly DateTime From = SandboxServer.Now.Date.AddDays(-9);
    private static readonly double[] Edges = [0, 3, 10, 30, 60, 180, 600, 1800, 3600, 86_400];
    private Tools tools = null!;

    public async ValueTask InitializeAsync() => tools = await server.Account().ConnectAsync();

    public ValueTask DisposeAsync() => tools.DisposeAsync();

    [Theory]
    [InlineData("totalSessions")]
    [InlineData("average")]
    [InlineData("peruser")]
    [InlineData("totalTime")]
    [InlineData("averageTimePerUser")]
    [InlineData("averageEventsPerSession")]
    [InlineData("totalEvents")]
    public async Task Every_measure_is_of_the_sessions_that_start_in_the_interval(string measure)
    {
        var typed = $$"""{"kind":"sessions","measured_as":"{{measure}}","group_by":[{"property":"platform"}],{{Last10}}}""";

        var cells = await tools.CsvAsync(typed, """, "timeSeriesLimit":10""");
        var totals = await tools.CsvAsync(typed, """, "timeSeriesLimit":0""");

        var sessions = Sessions(_ => true);
        var days = sessions.GroupBy(session => (Platform: session.First["platform"], session.First.Time.Date)).ToDictionary(group => $"All Users|{group.Key.Platform}|{Tools.Date(group.Key.Date)}", group => Measure(measure, [.. group]));
        days.Count.ShouldBeGreaterThan(20);
        days.Keys.ShouldBeSubsetOf(cells.Keys);
        cells.Count.ShouldBe(10 * days.Keys.Select(key => key.Split('|')[1]).Distinct().Count());
        cells.ShouldAllBe(cell => Math.Abs(cell.Value - days.GetValueOrDefault(cell.Key)) < 0.00001);
        var ranges = sessions.GroupBy(session => session.First["platform"]).ToDictionary(group => $"All Users|{group.Key}|Total", group => Measure(measure, [.. group]));
        totals.Keys.ShouldBe(ranges.Keys, ignoreOrder: true);
        totals.ShouldAllBe(cell => Math.Abs(cell.Value - ranges[cell.Key]) < 0.00001);
    }

    [Theory]
    [InlineData("length")]
    [InlineData("eventCountDistribution")]
    public async Task Distributions_count_sessions(string measure)
    {
        var totals = await tools.CsvAsync($$"""{"kind":"sessions","measured_as":"{{measure}}",{{Last10}}}""", """, "timeSeriesLimit":0""");

        var groups = Sessions(_ => true).GroupBy(session => measure == "length" ? Bin(session.Length) : session.Count >= 10 ? "10+" : $"{session.Count}");
        totals.ShouldBe(SegmentationTests.Expect(groups, label => $"All Users|{label.Key}|Total", sessions => sessions.Count()));
        totals.Count.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task The_events_that_fit_a_group_make_up_its_sessions()
    {
        var cells = await tools.CsvAsync($$"""{"kind":"sessions","measured_as":"averageEventsPerSession","groups":[{"where":[{"property":"content_type","op":"is","values":["song"],"scope":"event"}]},{"where":[{"property":"platform","op":"is","values":["iOS"]}]}],{{Last10}}}""");

        foreach (var (name, fits) in new (string, Func<ExportedEvent, bool>)[] { ("Sessions A", item => item["e:content_type"] == "song"), ("Sessions B", item => item["platform"] == "iOS") })
        {
            var days = Sessions(fits).GroupBy(session => session.First.Time.Date).ToDictionary(day => Tools.Date(day.Key), day => day.Average(session => session.Count));
            days.Count.ShouldBe(10);
            cells.Where(cell => cell.Key.StartsWith($"All Users|{name}|", StringComparison.Ordinal)).ToDictionary(cell => cell.Key[^10..], cell => cell.Value).ShouldAllBe(cell => Math.Abs(cell.Value - days[cell.Key]) < 0.00001);
            cells.Keys.Count(key => key.Contains(name, StringComparison.Ordinal)).ShouldBe(10);
        }
    }

    [Fact]
    public async Task Raw_entries_filter_and_group()
    {
        var reply = await tools.ReadAsync("query_amplitude_data", """
            {"projectId":"100001","timeSeriesLimit":0,"definition":{"type":"sessions","params":{"range":"Last 10 Days","sessionType":"totalTime",
             "sessions":[{"filters":[{"subprop_type":"event","subprop_key":"content_type","subprop_op":"is not","subprop_value":["song"]}],"group_by":[{"type":"user","value":"gp:plan"}]}]}}}
            """);

        var plans = Sessions(item => item["e:content_type"] != "song").GroupBy(session => session.First["u:plan"]).ToDictionary(plan => $"All Users|{plan.Key}|Total", plan => plan.Sum(session => session.Length));
        var cells = Tools.Cells(reply);
        cells.Keys.ShouldBe(plans.Keys, ignoreOrder: true);
        cells.ShouldAllBe(cell => Math.Abs(cell.Value - plans[cell.Key]) < 0.001);
    }

    [Fact]
    public async Task A_performed_condition_looks_at_the_interval_the_session_starts_in()
    {
        var cells = await tools.CsvAsync($$"""{"kind":"sessions","segments":[{"performed":[{"event":"Search","op":"greater or equal","count":2,"time_type":"forEachInterval"}]}],{{Last10}}}""");

        var busy = server.Events.Named("Search").GroupBy(item => (item.User, item.Time.Date)).Where(group => group.Count() >= 2).Select(group => group.Key).ToHashSet();
        var days = Sessions(_ => true).Where(session => busy.Contains((session.First.User, session.First.Time.Date))).GroupBy(session => session.First.Time.Date).ToDictionary(day => Tools.Date(day.Key), day => (double)day.Count());
        cells.Count.ShouldBe(10);
        cells.ShouldAllBe(cell => cell.Value == days.GetValueOrDefault(cell.Key.Substring(cell.Key.Length - 10)));
        days.Values.Sum().ShouldBeGreaterThan(0);
    }

    private (ExportedEvent First, double Length, int Count)[] Sessions(Func<ExportedEvent, bool> fits) =>
    [
        .. server.Events.All.Where(item => item.Session > 0 && fits(item)).GroupBy(item => (item.User, item.Session))
            .Select(session => (First: session.First(), (session.Last().Time - session.First().Time).TotalSeconds, session.Count())).Where(session => session.First.Time >= From),
    ];

    private static double Measure(string measure, (ExportedEvent First, double Length, int Count)[] sessions)
    {
        var users = sessions.Select(session => session.First.User).Distinct().Count();
        return measure switch
        {
            "totalSessions" => sessions.Length,
            "average" => sessions.Average(session => session.Length),
            "peruser" => (double)sessions.Length / users,
            "totalTime" => sessions.Sum(session => session.Length),
            "averageTimePerUser" => sessions.Sum(session => session.Length) / users,
            "averageEventsPerSession" => sessions.Average(session => session.Count),
            _ => sessions.Sum(session => session.Count),
        };
    }

    private static string Bin(double length)
    {
        var index = Array.FindLastIndex(Edges[..^1], edge => length >= edge);
        return $"{Edges[index]}s-{Edges[index + 1]}s";
    }
}
