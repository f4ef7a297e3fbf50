using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>Segments of the same name, their properties by another name, and replies that would be too large.</summary>
public sealed class SegmentTests : IAsyncLifetime
{
    private const string Twins = """ "segments":[{"name":"Same","conditions":[{"prop":"platform","op":"is","values":["iOS"]}]},{"name":"Same","conditions":[{"prop":"platform","op":"is","values":["Web"]}]}] """;
    private readonly DataFolder folder = new();
    private Tools tools = null!;

    public async ValueTask InitializeAsync() => tools = await folder.With("7.jsonl", [Line("A", "iOS", "1.0"), Line("B", "iOS", "2.0"), Line("C", "Web", "2.0"), .. Enumerable.Range(0, 1200).Select(user => Line($"V{user}", "TV", "3.0", "View"))]).OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await tools.DisposeAsync();
        await folder.DisposeAsync();
    }

    [Fact]
    public async Task Tables_tell_segments_of_the_same_name_apart()
    {
        var reply = await AskAsync("dataTableV2", $$"""{"range":"Last 3 Days",{{Twins}},"table":{"columns":[{"metric_type":"UNIQUES","event":{"event_type":"Order"} },{"metric_type":"SESSIONS"},{"metric_type":"CONVERSION","events":[{"event_type":"Order"},{"event_type":"View"}]}]} }""");

        var rows = reply.GetProperty("data").GetProperty("csvResponse").GetProperty("data").EnumerateArray().Skip(3).ToArray();
        rows.Select(row => row[1].GetInt32()).ShouldBe([2, 1]);
    }

    [Fact]
    public async Task A_comparison_is_no_column_of_a_table()
    {
        var error = await tools.FailAsync("query_amplitude_data", """{"projectId":"7","definition":{"type":"dataTableV2","params":{"range":"Last 3 Days","table":{"columns":[{"metric_type":"UNIQUES","event":{"event_type":"Both","object_type":"COMPARISON_EVENT","members":[{"event_type":"Order"},{"event_type":"View"}]}}]}}}}""");

        error.ShouldContain("comparison of events cannot be a column");
    }

    [Fact]
    public async Task The_name_of_a_segment_tells_what_the_performed_event_is_filtered_by()
    {
        var cells = await tools.CsvAsync("""{"kind":"segmentation","events":[{"event":"Order"}],"segments":[{"performed":[{"event":"Order","where":[{"property":"platform","op":"is","values":["iOS"]}]}]}],"date_range":{"relative":"Last 3 Days"}}""", project: "7");

        cells.Keys.ShouldContain("performed Order (platform is iOS) >= 1|2026-11-21");
    }

    [Fact]
    public async Task A_definition_keeps_what_version_name_means()
    {
        var first = await AskAsync("eventsSegmentation", """{"range":"Last 3 Days","events":[{"event_type":"Order"}],"groupBy":[{"type":"user","value":"version_name"}],"segments":[{"conditions":[{"prop":"version_name","op":"is","values":["2.0"]}]}]}""");
        var second = await tools.ReadAsync("query_amplitude_data", $$"""{"projectId":"7","definition":{{first.GetProperty("data").GetProperty("definition")}} }""");

        Tools.Cells(first).Single(cell => cell.Key.EndsWith("|2.0|2026-11-21", StringComparison.Ordinal)).Value.ShouldBe(2);
        Tools.Cells(second).ShouldBe(Tools.Cells(first));
    }

    [Theory]
    [InlineData("""{"type":"eventsSegmentation","params":{"start":"2023-08-20","events":[{"event_type":"View"}],"groupBy":[{"type":"user","value":"user_id"}]}}""")]
    [InlineData("""{"type":"dataTableV2","params":{"start":"2023-08-20","table":{"columns":[{"metric_type":"UNIQUES","event":{"event_type":"View"}}],"rows":[{"kind":"property","type":"user","value":"user_id"},{"kind":"time"}]}}}""")]
    public async Task A_reply_that_would_be_too_large_is_refused(string definition) =>
        (await tools.FailAsync("query_amplitude_data", $$"""{"projectId":"7","groupByLimit":1000,"timeSeriesLimit":1000,"definition":{{definition}} }""")).ShouldContain("values, and at most 1000000 are sent");

    private Task<JsonElement> AskAsync(string type, string parameters) => tools.ReadAsync("query_amplitude_data", $$"""{"projectId":"7","definition":{"type":"{{type}}","params":{{parameters}} } }""");

    private static string Line(string user, string platform, string version, string type = "Order") =>
        $$"""{"event_type":"{{type}}","event_time":"2026-11-21 10:00:00","user_id":"{{user}}","session_id":1,"platform":"{{platform}}","version_name":"{{version}}","event_properties":{},"user_properties":{} }""";
}
