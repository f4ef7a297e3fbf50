namespace ClariBI.Sandbox.Tests;

/// <summary>What lies around now, midnight and the hours that clocks jump over; now is 2026-11-22 15:00.</summary>
public sealed class ClockTests : IAsyncLifetime
{
    private const string Today = """ "start":"2026-11-22","end":"2026-11-22" """;
    private readonly DataFolder folder = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    [Fact]
    public async Task Events_later_than_now_do_not_exist()
    {
        await using var tools = await folder.With("7.jsonl", Line("2026-11-22 10:00", "A"), Line("2026-11-22 18:00", "A"), Line("2026-11-22 18:00", "B")).OpenAsync(""" ,"cohorts":[{"id":"c","name":"C","definition":{"andClauses":[{"orClauses":[{"type":"event","type_value":"Order","operator":">=","operator_value":2}]}]}}] """);

        var totals = await tools.ReadAsync("query_amplitude_data", Raw("eventsSegmentation", $$"""{{{Today}},"metric":"totals","events":[{"event_type":"Order"}]}"""));
        var twice = await tools.ReadAsync("query_amplitude_data", Raw("eventsSegmentation", $$"""{{{Today}},"metric":"totals","events":[{"event_type":"Order"}],"segments":[{"name":"Twice","conditions":[{"type":"event","event_type":"Order","value":2}]}]}"""));
        var cohort = await tools.ReadAsync("use_amplitude_cohorts", """{"action":"get","cohortIds":["c"]}""");

        Tools.Cells(totals)["All Users|2026-11-22"].ShouldBe(1);
        Tools.Cells(twice)["Twice|2026-11-22"].ShouldBe(0);
        cohort.GetProperty("cohorts")[0].GetProperty("size").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_session_starts_with_the_first_event_that_fits()
    {
        await using var tools = await folder.With("7.jsonl", Line("2026-11-20 23:50", "A", "View", 1), Line("2026-11-21 00:10", "A", "Order", 1), Line("2026-11-21 00:20", "A", "Order", 1)).OpenAsync();

        const string Buyers = """ "segments":[{"name":"Buyers","conditions":[{"type":"event","event_type":"Order","value":2}]}],"start":"2026-11-20","end":"2026-11-21" """;
        var all = await tools.ReadAsync("query_amplitude_data", Raw("sessions", $$"""{{{Buyers}},"sessions":[{}]}"""));
        var orders = await tools.ReadAsync("query_amplitude_data", Raw("sessions", $$"""{{{Buyers}},"sessions":[{"event_type":"Order"}]}"""));

        // With its first look the session begins on the day without orders.
        Tools.Cells(all).Values.Sum().ShouldBe(0);
        Tools.Cells(orders)["Buyers|2026-11-21"].ShouldBe(1);
    }

    [Fact]
    public async Task A_time_the_clocks_jump_over_is_the_moment_after_the_offset_before()
    {
        // Lord Howe goes from +10:30 to +11:00 at 02:00 of 2026-10-04, which is 15:30 UTC of the day before; 02:15 is 15:45 UTC.
        await using var tools = await folder.With("7.jsonl", Line("2026-10-03 15:40", "A"), Line("2026-10-03 15:50", "B")).OpenAsync();

        var reply = await tools.ReadAsync("query_amplitude_data", Raw("eventsSegmentation", """{"timezone":"Australia/Lord_Howe","start":"2026-10-04T02:15:00","end":"2026-10-04T04:00:00","interval":-3600000,"metric":"totals","events":[{"event_type":"Order"}]}"""));

        Tools.Cells(reply).Values.Sum().ShouldBe(1);
    }

    [Fact]
    public async Task A_window_of_one_interval_is_no_window()
    {
        await using var tools = await folder.With("7.jsonl", Line("2026-11-16 10:00", "A"), Line("2026-11-19 10:00", "B")).OpenAsync();

        const string Chart = """ "kind":"segmentation","events":[{"event":"Order"}],"interval":"week","date_range":{"start":"2026-11-18","end":"2026-11-21"} """;
        var plain = await tools.CsvAsync($"{{{Chart}}}", project: "7");
        var windowed = await tools.CsvAsync($$"""{{{Chart}},"rolling_window":1}""", project: "7");

        windowed.ShouldBe(plain);
        plain["All Users|2026-11-16"].ShouldBe(1);
    }

    private static string Raw(string type, string parameters) => $$"""{"projectId":"7","definition":{"type":"{{type}}","params":{{parameters}} } }""";

    private static string Line(string time, string user, string type = "Order", int session = -1) =>
        $$"""{"event_type":"{{type}}","event_time":"{{time}}:00","user_id":"{{user}}","session_id":{{session}},"event_properties":{},"user_properties":{} }""";
}
