using System.Globalization;
using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

public sealed class RetentionTests(SandboxServer server) : IAsyncLifetime
{
    private static readonly DateTime Today = SandboxServer.Now.Date;
    private Tools tools = null!;

    public async ValueTask InitializeAsync() => tools = await server.Account().ConnectAsync();

    public ValueTask DisposeAsync() => tools.DisposeAsync();

    private static DateTime Day(ExportedEvent item) => item.Time.Date;

    [Fact]
    public async Task N_day_retention_by_channel_counts_who_came_back_that_day()
    {
        var reply = await tools.JsonAsync("""{"kind":"retention","retention_method":"nday","group_by":[{"property":"channel","scope":"user"}],"date_range":{"relative":"Last 30 Days"}}""");

        reply.GetProperty("series").GetArrayLength().ShouldBe(5);
        foreach (var (series, meta) in reply.GetProperty("series").EnumerateArray().Zip(reply.GetProperty("seriesMeta").EnumerateArray()))
        {
            var channel = meta.GetProperty("groupValue").GetString();
            var starts = Starts(item => item.IsNew && item["u:channel"] == channel, Day, Today.AddDays(-29));
            CheckDays(series, starts, (start, column) => Returned(start, Day, day => day == start.Day.AddDays(column)));
        }
    }

    [Fact]
    public async Task Rolling_retention_counts_who_came_back_then_or_later()
    {
        var reply = await tools.JsonAsync("""{"kind":"retention","retention_method":"rolling","date_range":{"relative":"Last 14 Days"}}""");

        CheckDays(reply.GetProperty("series")[0], Starts(item => item.IsNew, Day, Today.AddDays(-13)), (start, column) => Returned(start, Day, day => day >= start.Day.AddDays(column)));
    }

    [Fact]
    public async Task A_start_event_makes_a_user_part_of_every_day_it_happened_on()
    {
        var reply = await tools.JsonAsync("""
            {"kind":"retention","retention_method":"nday","start_event":{"event":"Search","where":[{"property":"search_term_category","op":"is","values":["artist"],"scope":"event"}]},"return_events":[{"event":"Play Content"},{"event":"Share Content"}],"date_range":{"relative":"Last 10 Days"}}
            """);

        var starts = Starts(item => item.Type == "Search" && item["e:search_term_category"] == "artist", Day, Today.AddDays(-9));
        CheckDays(reply.GetProperty("series")[0], starts, (start, column) => Returned(start, Day, day => day == start.Day.AddDays(column), item => item.Type is "Play Content" or "Share Content"));
    }

    [Fact]
    public async Task Weekly_retention_uses_weeks_from_monday_to_sunday()
    {
        Func<ExportedEvent, DateTime> week = item => item.Time.Date.AddDays(-(((int)item.Time.DayOfWeek + 6) % 7));

        var reply = await tools.JsonAsync("""{"kind":"retention","retention_method":"nday","interval":"week","date_range":{"relative":"Last 6 Weeks"}}""");

        var starts = Starts(item => item.IsNew, week, new DateTime(2026, 10, 12));
        Check(reply.GetProperty("series")[0], starts, cohort => (int)(Today.AddDays(-6) - cohort).TotalDays / 7 + 1, (start, column) => Returned(start, week, day => day == start.Day.AddDays(7 * column)), (cohort, column) => cohort.AddDays(7 * (column + 1)) > SandboxServer.Now);
    }

    [Fact]
    public async Task Brackets_sum_up_their_days()
    {
        (int From, int Until)[] brackets = [(0, 1), (1, 7), (7, 14)];

        var reply = await tools.JsonAsync("""{"kind":"retention","retention_method":"bracket","retention_brackets":[[0,1],[1,7],[7,14]],"date_range":{"relative":"Last 30 Days"}}""");

        var starts = Starts(item => item.IsNew, Day, Today.AddDays(-29));
        Check(reply.GetProperty("series")[0], starts, _ => 3, (start, column) => Returned(start, Day, day => day >= start.Day.AddDays(brackets[column].From) && day < start.Day.AddDays(brackets[column].Until)), (cohort, column) => cohort.AddDays(brackets[column].Until) > SandboxServer.Now);
    }

    [Fact]
    public async Task Days_of_retention_are_those_of_the_time_zone()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        Func<ExportedEvent, DateTime> day = item => TimeZoneInfo.ConvertTimeFromUtc(item.Time, zone).Date;

        var reply = await tools.JsonAsync("""{"kind":"retention","retention_method":"nday","date_range":{"relative":"Last 30 Days","timezone":"America/New_York"}}""");

        CheckDays(reply.GetProperty("series")[0], Starts(item => item.IsNew, day, Today.AddDays(-29)), (start, column) => Returned(start, day, other => other == start.Day.AddDays(column)));
    }

    [Fact]
    public async Task N_day_or_before_counts_who_came_back_by_then()
    {
        var reply = await tools.JsonAsync("""{"kind":"retention","retention_method":"nday_or_before","start_event":{"event":"Start Trial"},"return_events":[{"event":"Purchase"}],"date_range":{"relative":"Last 20 Days"}}""");

        CheckDays(reply.GetProperty("series")[0], Starts(item => item.Type == "Start Trial", Day, Today.AddDays(-19)), (start, column) => Returned(start, Day, day => day <= start.Day.AddDays(column), item => item.Type == "Purchase"));
    }

    [Fact]
    public async Task Monthly_retention_uses_calendar_months()
    {
        Func<ExportedEvent, DateTime> month = item => new(item.Time.Year, item.Time.Month, 1);

        var reply = await tools.JsonAsync("""{"kind":"retention","retention_method":"nday","interval":"month","start_event":{"event":"Search"},"return_events":[{"event":"Search"}],"date_range":{"relative":"Last 3 Months"}}""");

        Check(reply.GetProperty("series")[0], Starts(item => item.Type == "Search", month, new DateTime(2026, 9, 1)), cohort => 12 - cohort.Month, (start, column) => Returned(start, month, other => other == start.Day.AddMonths(column), item => item.Type == "Search"),
            (cohort, column) => cohort.AddMonths(column + 1) > SandboxServer.Now);
    }

    [Fact]
    public async Task A_performed_condition_looks_at_the_interval_of_the_start()
    {
        var reply = await tools.JsonAsync("""
            {"kind":"retention","retention_method":"nday","start_event":{"event":"Search"},"segments":[{"performed":[{"event":"Play Content","op":">=","count":3,"time_type":"forEachInterval"}]}],"date_range":{"relative":"Last 10 Days"}}
            """);

        var busy = server.Events.Named("Play Content").GroupBy(item => (item.User, Day(item))).Where(group => group.Count() >= 3).Select(group => group.Key).ToHashSet();
        CheckDays(reply.GetProperty("series")[0], Starts(item => item.Type == "Search" && busy.Contains((item.User, Day(item))), Day, Today.AddDays(-9)), (start, column) => Returned(start, Day, day => day == start.Day.AddDays(column)));
    }

    [Fact]
    public async Task A_condition_over_all_time_needs_no_interval()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        Func<ExportedEvent, DateTime> day = item => TimeZoneInfo.ConvertTimeFromUtc(item.Time, zone).Date;

        var reply = await tools.ReadAsync("query_amplitude_data", """
            {"projectId":"100001","definition":{"type":"retention","params":{"range":"Last 30 Days","timezone":"America/New_York","retentionMethod":"nday","startEvent":{"event_type":"Search"},
             "segments":[{"conditions":[{"type":"event","event_type":"Purchase","op":">=","value":1,"time_type":"allTime"}]}]}}}
            """);

        var buyers = server.Events.Named("Purchase").Select(item => item.User).ToHashSet();
        CheckDays(reply.GetProperty("data").GetProperty("jsonResponse").GetProperty("series")[0], Starts(item => item.Type == "Search" && buyers.Contains(item.User), day, Today.AddDays(-29)), (start, column) => Returned(start, day, other => other == start.Day.AddDays(column)));
    }

    [Fact]
    public async Task A_group_of_the_start_event_groups_the_cohorts()
    {
        var reply = await tools.JsonAsync("""{"kind":"retention","retention_method":"nday","start_event":{"event":"Play Content","group_by":[{"property":"content_type","scope":"event"}]},"date_range":{"relative":"Last 7 Days"}}""", """, "groupByLimit":2""");

        var first = Starts(item => item.Type == "Play Content", Day, Today.AddDays(-6));
        var largest = first.GroupBy(start => start.Event["e:content_type"]).OrderByDescending(group => group.Count()).Take(2).Select(group => group.Key).ToArray();
        reply.GetProperty("seriesMeta").EnumerateArray().Select(meta => meta.GetProperty("groupValue").GetString()).ShouldBe(largest);
        foreach (var (series, type) in reply.GetProperty("series").EnumerateArray().Zip(largest))
        {
            CheckDays(series, [.. first.Where(start => start.Event["e:content_type"] == type)], (start, column) => Returned(start, Day, day => day == start.Day.AddDays(column)));
        }
    }

    [Fact]
    public async Task Usage_intervals_are_the_medians_of_the_gaps()
    {
        var reply = await tools.JsonAsync("""{"kind":"retention","measured_as":{"as":"usage_interval"},"start_event":{"event":"Search"},"return_events":[{"event":"Play Content"}],"date_range":{"relative":"Last 30 Days"}}""");

        var firsts = server.Events.Named("Search").Where(item => item.Time >= Today.AddDays(-29)).GroupBy(item => item.User).ToDictionary(user => user.Key, user => user.First().Order);
        var medians = server.Events.Named("Play Content").Where(item => firsts.TryGetValue(item.User, out var first) && item.Order > first).GroupBy(item => item.User)
            .Select(user => user.Select(Day).Distinct().Order().ToArray()).Where(days => days.Length > 1).Select(days => Median([.. days.Zip(days.Skip(1), (from, to) => (to - from).TotalDays).Order()]));
        var expected = medians.GroupBy(median => median).OrderBy(group => group.Key).ToArray();
        var series = reply.GetProperty("series")[0];
        series.GetProperty("xValues").EnumerateArray().Select(value => value.GetDouble()).ShouldBe(expected.Select(group => group.Key));
        series.GetProperty("values").EnumerateArray().Select(value => value.GetInt32()).ShouldBe(expected.Select(group => group.Count()));
        expected.Length.ShouldBeGreaterThan(2);
    }

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private (ExportedEvent Event, DateTime Day)[] Starts(Func<ExportedEvent, bool> starts, Func<ExportedEvent, DateTime> bucket, DateTime from) =>
        [.. server.Events.All.Where(item => starts(item) && bucket(item) >= from).GroupBy(item => (item.User, Day: bucket(item))).Select(group => (group.First(), group.Key.Day))];

    private ILookup<long, ExportedEvent>? byUser;

    private bool Returned((ExportedEvent Event, DateTime Day) start, Func<ExportedEvent, DateTime> bucket, Func<DateTime, bool> counts, Func<ExportedEvent, bool>? returns = null)
    {
        byUser ??= server.Events.All.ToLookup(item => item.User);
        return byUser[start.Event.User].Any(item => item.Order > start.Event.Order && (returns is null || returns(item)) && counts(bucket(item)));
    }

    private static void CheckDays(JsonElement series, (ExportedEvent Event, DateTime Day)[] starts, Func<(ExportedEvent Event, DateTime Day), int, bool> returned) =>
        Check(series, starts, cohort => (int)(Today - cohort).TotalDays + 1, returned, (cohort, column) => cohort.AddDays(column) >= Today);

    private static void Check(JsonElement series, (ExportedEvent Event, DateTime Day)[] starts, Func<DateTime, int> columns, Func<(ExportedEvent Event, DateTime Day), int, bool> returned, Func<DateTime, int, bool> isIncomplete)
    {
        var cohorts = series.GetProperty("xValues").EnumerateArray().Select(label => DateTime.Parse(label.GetString()!, CultureInfo.InvariantCulture)).ToArray();
        var labels = series.GetProperty("dates").EnumerateArray().Select(label => label.GetString()!).ToArray();
        var all = new List<(int Column, int Count, int OutOf, bool Incomplete)>();
        foreach (var (cohort, label) in cohorts.Zip(labels))
        {
            var members = starts.Where(start => start.Day == cohort).ToArray();
            var expected = Enumerable.Range(0, columns(cohort)).Select(column => (column, members.Count(start => returned(start, column)), members.Length, isIncomplete(cohort, column))).ToArray();
            Cells(series.GetProperty("values").GetProperty(label)).ShouldBe([(members.Length, members.Length, false), .. expected.Select(cell => (cell.Item2, cell.Length, cell.Item4))], label);
            all.AddRange(expected);
        }

        var combined = all.GroupBy(cell => cell.Column).OrderBy(column => column.Key).Select(column =>
        {
            var used = column.Any(cell => !cell.Incomplete) ? column.Where(cell => !cell.Incomplete).ToArray() : [.. column];
            return (used.Sum(cell => cell.Count), used.Sum(cell => cell.OutOf), used[0].Incomplete);
        });
        Cells(series.GetProperty("combined")).ShouldBe([(starts.Length, starts.Length, false), .. combined]);
        starts.Length.ShouldBeGreaterThan(0);
    }

    private static (int Count, int OutOf, bool Incomplete)[] Cells(JsonElement cells) =>
        [.. cells.EnumerateArray().Select(cell => (cell.GetProperty("count").GetInt32(), cell.GetProperty("outof").GetInt32(), cell.GetProperty("incomplete").GetBoolean()))];
}
