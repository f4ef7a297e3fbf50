namespace ClariBI.Sandbox.Tests;

/// <summary>Rolling, cumulative and compared values.</summary>
public sealed class WindowTests(SandboxServer server) : IAsyncLifetime
{
    private const string Last10 = """ "date_range":{"relative":"Last 10 Days"} """;
    private static readonly DateTime First = SandboxServer.Now.Date.AddDays(-9);
    private Tools tools = null!;

    public async ValueTask InitializeAsync() => tools = await server.Account().ConnectAsync();

    public ValueTask DisposeAsync() => tools.DisposeAsync();

    [Theory]
    [InlineData("unique_users")]
    [InlineData("event_totals")]
    [InlineData("avg_per_user")]
    [InlineData("active_pct")]
    [InlineData("property_sum")]
    [InlineData("property_avg")]
    [InlineData("property_min")]
    [InlineData("property_max")]
    [InlineData("property_median")]
    [InlineData("property_count")]
    [InlineData("property_count_avg")]
    public async Task A_rolling_value_is_the_metric_over_the_days_up_to_it(string metric)
    {
        var cells = await tools.CsvAsync(Chart(metric, """ "rolling_window":7 """));

        Near(cells, Days().Select(day => (Name: $"All Users|{Tools.Date(day)}", Value: Measure(metric, Between(day.AddDays(-6), day.AddDays(1))))));
    }

    [Theory]
    [InlineData("unique_users")]
    [InlineData("event_totals")]
    [InlineData("avg_per_user")]
    [InlineData("property_avg")]
    [InlineData("property_max")]
    [InlineData("property_median")]
    [InlineData("property_count_avg")]
    public async Task A_cumulative_value_is_the_metric_since_the_range_began(string metric)
    {
        var cells = await tools.CsvAsync(Chart(metric, """ "cumulative":true """));

        Near(cells, Days().Select(day => (Name: $"All Users|{Tools.Date(day)}", Value: Measure(metric, Between(First, day.AddDays(1))))));
    }

    [Fact]
    public async Task A_window_leaves_the_value_of_the_range_and_keeps_groups_apart()
    {
        var chart = $$"""{"kind":"segmentation","events":[{"event":"Search"}],"group_by":[{"property":"platform"}],"rolling_window":3,{{Last10}}}""";

        var totals = await tools.CsvAsync(chart, """, "timeSeriesLimit":0""");
        var cells = await tools.CsvAsync(chart, """, "timeSeriesLimit":10""");

        totals.ShouldBe(SegmentationTests.Expect(Between(First, SandboxServer.Now).Where(item => item.Type == "Search").GroupBy(item => item["platform"]), platform => $"All Users|{platform.Key}|Total", Users));
        Near(cells, totals.Keys.Select(key => key.Split('|')[1]).SelectMany(platform => Days().Select(day => (Name: $"All Users|{platform}|{Tools.Date(day)}",
            Value: Users(Between(day.AddDays(-2), day.AddDays(1)).Where(item => item.Type == "Search" && item["platform"] == platform))))));
    }

    [Fact]
    public async Task Rolling_frequency_counts_over_the_window()
    {
        var cells = await tools.CsvAsync($$"""{"kind":"segmentation","events":[{"event":"Search"}],"measured_as":{"as":"frequency"},"rolling_window":3,{{Last10}}}""", """, "timeSeriesLimit":20""");

        var day = new DateTime(2026, 11, 20);
        var times = Between(day.AddDays(-2), day.AddDays(1)).Where(item => item.Type == "Search").GroupBy(item => item.User).Select(user => user.Count());
        cells.Where(cell => cell.Value > 0 && cell.Key.EndsWith("|2026-11-20", StringComparison.Ordinal)).ToDictionary().ShouldBe(SegmentationTests.Expect(times.GroupBy(count => count >= 10 ? "10+" : $"{count}"), label => $"All Users|{label.Key}|2026-11-20", users => users.Count()), ignoreOrder: true);
    }

    [Fact]
    public async Task A_raw_rolling_average_is_the_mean_of_the_days()
    {
        var reply = await tools.ReadAsync("query_amplitude_data", """{"projectId":"100001","definition":{"type":"eventsSegmentation","params":{"range":"Last 10 Days","metric":"totals","rollingAverage":7,"events":[{"event_type":"Search"}]}}}""");

        Near(Tools.Cells(reply), Days().Select(day => (Name: $"All Users|{Tools.Date(day)}", Value: Between(day.AddDays(-6), day.AddDays(1)).Count(item => item.Type == "Search") / 7.0)));
    }

    [Theory]
    [InlineData("period", 10)]
    [InlineData("parent", 7)]
    [InlineData("grandparent", 28)]
    [InlineData("quarter", 91)]
    public async Task An_earlier_period_is_laid_over_the_range(string period, int days)
    {
        var cells = await tools.CsvAsync($$"""{"kind":"segmentation","events":[{"event":"Search"}],"period_over_period":"{{period}}",{{Last10}}}""");
        var totals = await tools.CsvAsync($$"""{"kind":"segmentation","events":[{"event":"Search"}],"period_over_period":"{{period}}",{{Last10}}}""", """, "timeSeriesLimit":0""");

        Func<DateTime, DateTime, double> users = (from, until) => Users(Between(from.AddDays(-days), until.AddDays(-days)).Where(item => item.Type == "Search"));
        cells.Count.ShouldBe(20);
        foreach (var day in Days())
        {
            cells[$"All Users (previous period)|{Tools.Date(day)}"].ShouldBe(users(day, day.AddDays(1) < SandboxServer.Now ? day.AddDays(1) : SandboxServer.Now));
        }

        totals["All Users (previous period)|Total"].ShouldBe(users(First, SandboxServer.Now));
        totals["All Users|Total"].ShouldBe(Users(Between(First, SandboxServer.Now).Where(item => item.Type == "Search")));
    }

    private static string Chart(string metric, string window)
    {
        var measured = metric.StartsWith("property", StringComparison.Ordinal) ? """, "group_by":[{"property":"listened_minutes","scope":"event"}]""" : "";
        return $$"""{"kind":"segmentation","events":[{"event":"Finish Content"{{measured}} }],"measured_as":{"as":"{{metric}}"},{{window}},{{Last10}}}""";
    }

    private static IEnumerable<DateTime> Days() => Enumerable.Range(0, 10).Select(day => First.AddDays(day));

    private IEnumerable<ExportedEvent> Between(DateTime from, DateTime until) => server.Events.All.Where(item => item.Time >= from && item.Time < until && item.Time < SandboxServer.Now);

    private static double Measure(string metric, IEnumerable<ExportedEvent> all)
    {
        var items = all.Where(item => item.Type == "Finish Content").ToArray();
        var sorted = items.Select(item => item.Number("e:listened_minutes")!.Value).Order().ToArray();
        return metric switch
        {
            "unique_users" => Users(items),
            "event_totals" => items.Length,
            "avg_per_user" => items.Length / Users(items),
            "active_pct" => 100 * Users(items) / Users(all),
            "property_sum" => sorted.Sum(),
            "property_avg" => sorted.Average(),
            "property_min" => sorted[0],
            "property_max" => sorted[^1],
            "property_median" => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2,
            "property_count" => sorted.Distinct().Count(),
            _ => items.GroupBy(item => item.User).Average(user => user.Select(item => item.Number("e:listened_minutes")).Distinct().Count()),
        };
    }

    private static double Users(IEnumerable<ExportedEvent> events) => events.Select(item => item.User).Distinct().Count();

    private static void Near(SortedDictionary<string, double> cells, IEnumerable<(string Name, double Value)> expected)
    {
        var wanted = expected.ToArray();
        cells.Keys.ShouldBe(wanted.Select(pair => pair.Name), ignoreOrder: true);
        wanted.ShouldAllBe(pair => Math.Abs(cells[pair.Name] - pair.Value) < 0.00001);
    }
}
