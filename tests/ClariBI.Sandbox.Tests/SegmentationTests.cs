namespace ClariBI.Sandbox.Tests;

/// <summary>Every number of a reply equals one computed from the exported lines in plain C#.</summary>
public sealed class SegmentationTests(SandboxServer server) : IAsyncLifetime
{
    private const string Last30 = """ "date_range":{"relative":"Last 30 Days"} """;
    private static readonly DateTime From30 = SandboxServer.Now.Date.AddDays(-29);
    private Tools tools = null!;

    public async ValueTask InitializeAsync() => tools = await server.Account().ConnectAsync();

    public ValueTask DisposeAsync() => tools.DisposeAsync();

    private IEnumerable<ExportedEvent> Recent => server.Events.All.Where(item => item.Time >= From30 && item.Time < SandboxServer.Now);

    [Fact]
    public async Task Daily_active_users_are_counted_once_a_day()
    {
        var cells = await tools.CsvAsync($$"""{"kind":"segmentation","events":[{"event":"_active"}],{{Last30}}}""");

        cells.ShouldBe(Expect(Recent.GroupBy(item => item.Time.Date), day => $"All Users|{Tools.Date(day.Key)}", Users));
        cells.Count.ShouldBe(30);
    }

    [Fact]
    public async Task Weeks_start_on_monday()
    {
        var from = new DateTime(2026, 10, 26);

        var cells = await tools.CsvAsync("""{"kind":"segmentation","events":[{"event":"_active"}],"interval":"week","date_range":{"relative":"Last 4 Weeks"}}""");

        from.DayOfWeek.ShouldBe(DayOfWeek.Monday);
        cells.ShouldBe(Expect(server.Events.All.Where(item => item.Time >= from).GroupBy(item => (int)(item.Time - from).TotalDays / 7), week => $"All Users|{Tools.Date(from.AddDays(7 * week.Key))}", Users));
        cells.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Months_follow_the_calendar()
    {
        var cells = await tools.CsvAsync("""{"kind":"segmentation","events":[{"event":"Play Content"}],"measured_as":{"as":"event_totals"},"interval":"month","date_range":{"relative":"Last 3 Months"}}""");

        cells.ShouldBe(Expect(server.Events.Named("Play Content").Where(item => item.Time >= new DateTime(2026, 9, 1)).GroupBy(item => item.Time.Month), month => $"All Users|2026-{month.Key:00}-01", plays => plays.Count()));
    }

    [Fact]
    public async Task Totals_only_are_deduplicated_over_the_whole_range()
    {
        var cells = await tools.CsvAsync($$"""{"kind":"segmentation","events":[{"event":"_active"}],"group_by":[{"property":"channel","scope":"user"}],{{Last30}}}""", """,  "timeSeriesLimit":0""");

        cells.ShouldBe(Expect(Recent.GroupBy(item => item["u:channel"]), channel => $"All Users|{channel.Key}|Total", Users));
    }

    [Fact]
    public async Task Groups_past_the_series_limit_have_only_a_total()
    {
        var cells = await tools.CsvAsync($$"""{"kind":"segmentation","events":[{"event":"Play Content"}],"measured_as":{"as":"event_totals"},"group_by":[{"property":"genre","scope":"event"}],{{Last30}}}""", """, "timeSeriesLimit":2, "groupByLimit":5""");

        var genres = Recent.Where(item => item.Type == "Play Content").GroupBy(item => item["e:genre"]).OrderByDescending(genre => genre.Count()).ToArray();
        cells.Keys.Where(key => key.EndsWith("|Total", StringComparison.Ordinal)).ShouldBe(genres[2..5].Select(genre => $"All Users|{genre.Key}|Total"), ignoreOrder: true);
        cells.Keys.Where(key => key.EndsWith("|2026-11-20", StringComparison.Ordinal)).ShouldBe(genres[..2].Select(genre => $"All Users|{genre.Key}|2026-11-20"), ignoreOrder: true);
        cells[$"All Users|{genres[3].Key}|Total"].ShouldBe(genres[3].Count());
    }

    [Theory]
    [InlineData("America/New_York")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Pacific/Auckland")]
    public async Task Days_are_those_of_the_time_zone_even_when_its_clocks_change(string zoneId)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        var today = TimeZoneInfo.ConvertTimeFromUtc(SandboxServer.Now, zone).Date;
        Func<ExportedEvent, DateTime> day = item => TimeZoneInfo.ConvertTimeFromUtc(item.Time, zone).Date;

        var cells = await tools.CsvAsync($$"""{"kind":"segmentation","events":[{"event":"_active"}],"date_range":{"relative":"Last 60 Days","timezone":"{{zoneId}}" } }""");

        cells.ShouldBe(Expect(server.Events.All.Where(item => day(item) > today.AddDays(-60)).GroupBy(day), group => $"All Users|{Tools.Date(group.Key)}", Users));
    }

    [Fact]
    public async Task A_project_has_a_time_zone_of_its_own()
    {
        await using var harbour = await server.Account().ConnectAsync(organisation: "harbour");
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

        var cells = await harbour.CsvAsync("""{"kind":"segmentation","events":[{"event":"Search"}],"date_range":{"start":"2026-10-30","end":"2026-11-03"}}""", project: "200001");

        var local = server.Events.Named("Search").Select(item => (item.User, Day: TimeZoneInfo.ConvertTimeFromUtc(item.Time, zone).Date)).Where(item => item.Day >= new DateTime(2026, 10, 30) && item.Day <= new DateTime(2026, 11, 3));
        cells.ShouldBe(Expect(local.GroupBy(item => item.Day), day => $"All Users|{Tools.Date(day.Key)}", items => items.Select(item => item.User).Distinct().Count()));
    }

    [Fact]
    public async Task Hours_start_at_the_half_where_the_zone_does()
    {
        var cells = await tools.CsvAsync("""{"kind":"segmentation","events":[{"event":"_active"}],"measured_as":{"as":"event_totals"},"interval":"hour","date_range":{"relative":"Yesterday","timezone":"Asia/Kolkata"}}""");

        var local = server.Events.All.Select(item => item.Time.AddMinutes(330)).Where(time => time.Date == new DateTime(2026, 11, 21));
        cells.Where(cell => cell.Value > 0).ToDictionary().ShouldBe(Expect(local.GroupBy(time => time.Hour), hour => $"All Users|2026-11-21T{hour.Key:00}:00:00", items => items.Count()), ignoreOrder: true);
    }

    [Fact]
    public async Task A_range_of_moments_is_half_open()
    {
        var (start, end) = (new DateTimeOffset(2026, 11, 1, 6, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 3, 18, 0, 0, TimeSpan.Zero));

        var cells = await tools.CsvAsync($$"""{"kind":"segmentation","events":[{"event":"Open App"}],"measured_as":{"as":"event_totals"},"date_range":{"start":{{start.ToUnixTimeSeconds()}},"end":{{end.ToUnixTimeSeconds()}} } }""");

        cells.ShouldBe(Expect(server.Events.Named("Open App").Where(item => item.Time >= start.UtcDateTime && item.Time < end.UtcDateTime).GroupBy(item => item.Time.Date), day => $"All Users|{Tools.Date(day.Key)}", items => items.Count()));
    }

    [Fact]
    public async Task A_running_day_can_be_left_out()
    {
        var cells = await tools.CsvAsync("""{"kind":"segmentation","events":[{"event":"_active"}],"date_range":{"relative":"Last 3 Days"}}""", """, "excludeIncompleteDatapoints":true""");

        cells.Keys.ShouldBe(["All Users|2026-11-20", "All Users|2026-11-21"]);
    }

    [Fact]
    public async Task New_users_are_those_the_export_did_not_know_before()
    {
        var cells = await tools.CsvAsync($$"""{"kind":"segmentation","events":[{"event":"_new"}],"group_by":[{"property":"platform"}],{{Last30}}}""", """, "timeSeriesLimit":0""");

        cells.ShouldBe(Expect(Recent.Where(item => item.IsNew).GroupBy(item => item["platform"]), platform => $"All Users|{platform.Key}|Total", Users));
    }

    [Fact]
    public async Task Several_segments_and_events_get_rows_of_their_own()
    {
        var cells = await tools.CsvAsync($$"""
            {"kind":"segmentation","events":[{"event":"Search"},{"event":"Play Content"}],"measured_as":{"as":"avg_per_user"},
             "segments":[{"where":[{"property":"channel","op":"is","values":["paid_search","paid_social"],"scope":"user"}]},{"where":[{"property":"plan","op":"is not","values":["free"],"scope":"user"}]}],{{Last30}}}
            """, """, "timeSeriesLimit":0""");

        SortedDictionary<string, double> expected = [];
        foreach (var name in new[] { "Search", "Play Content" })
        {
            var paid = Recent.Where(item => item.Type == name && item["u:channel"] is "paid_search" or "paid_social" && item.Type == name).ToArray();
            var paying = Recent.Where(item => item.Type == name && item["u:plan"] != "free").ToArray();
            expected[$"channel is paid_search or paid_social|{name}|Total"] = Math.Round((double)paid.Length / Users(paid), 6);
            expected[$"plan is not free|{name}|Total"] = Math.Round((double)paying.Length / Users(paying), 6);
        }

        cells.ShouldBe(expected, ignoreOrder: true);
    }

    [Fact]
    public async Task Two_group_keys_make_pairs()
    {
        var cells = await tools.CsvAsync($$"""{"kind":"segmentation","events":[{"event":"Play Content"}],"group_by":[{"property":"platform"},{"property":"content_type"}],{{Last30}}}""", """, "timeSeriesLimit":0""");

        cells.ShouldBe(Expect(Recent.Where(item => item.Type == "Play Content").GroupBy(item => (item["platform"], item["e:content_type"])), pair => $"All Users|{pair.Key.Item1}|{pair.Key.Item2}|Total", Users));
    }

    [Fact]
    public async Task A_wrong_event_name_gives_a_well_formed_empty_chart()
    {
        var cells = await tools.CsvAsync("""{"kind":"segmentation","events":[{"event":"sign up"}],"date_range":{"relative":"Last 2 Days"}}""");

        cells.ShouldBe(new SortedDictionary<string, double> { ["All Users|2026-11-21"] = 0, ["All Users|2026-11-22"] = 0 });
    }

    private static double Users(IEnumerable<ExportedEvent> events) => events.Select(item => item.User).Distinct().Count();

    internal static SortedDictionary<string, double> Expect<TKey, TItem>(IEnumerable<IGrouping<TKey, TItem>> groups, Func<IGrouping<TKey, TItem>, string> key, Func<IEnumerable<TItem>, double> value) =>
        new(groups.ToDictionary(key, group => Math.Round(value(group), 6)), StringComparer.Ordinal);
}
