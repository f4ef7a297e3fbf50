using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

public sealed class DataTableTests(SandboxServer server) : IAsyncLifetime
{
    private const string Last30 = """ "date_range":{"relative":"Last 30 Days"} """;
    private Tools tools = null!;

    public async ValueTask InitializeAsync() => tools = await server.Account().ConnectAsync();

    public ValueTask DisposeAsync() => tools.DisposeAsync();

    private IEnumerable<ExportedEvent> Recent => server.Events.All.Where(item => item.Time >= SandboxServer.Now.Date.AddDays(-29));

    [Fact]
    public async Task Cells_are_what_the_charts_of_their_columns_say()
    {
        var rows = await RowsAsync($$"""
            {"kind":"data_table","rows":[{"kind":"property","property":"platform"}],"columns":[{"metric_type":"UNIQUES","event":{"event":"Search"} },{"metric_type":"TOTALS","event":{"event":"Search"} },
             {"metric_type":"FORMULA","events":[{"event":"Search"},{"event":"Play Content"}],"formula":"TOTALS(B)/UNIQUES(A)"},
             {"metric_type":"PROPSUM","event":{"event":"Finish Content"},"aggregation_property":{"property":"listened_minutes","scope":"event"} },{"metric_type":"SESSIONS"}],{{Last30}}}
            """);

        rows[0].ShouldBe(["Segment", "platform", "UNIQUES(Search)", "TOTALS(Search)", "FORMULA(Search, Play Content)", "PROPSUM(Finish Content)", "SESSIONS 5"]);
        var platforms = Recent.GroupBy(item => item["platform"]).OrderByDescending(platform => Users(platform, "Search")).ToArray();
        rows.Length.ShouldBe(platforms.Length + 1);
        foreach (var (row, platform) in rows.Skip(1).Zip(platforms))
        {
            var searches = platform.Where(item => item.Type == "Search").ToArray();
            var starts = server.Events.All.Where(item => item.Session > 0).GroupBy(item => (item.User, item.Session)).Select(session => session.MinBy(item => item.Order)!).Where(item => item.Time >= SandboxServer.Now.Date.AddDays(-29) && item["platform"] == platform.Key);
            double[] expected = [Users(platform, "Search"), searches.Length, Math.Round(platform.Count(item => item.Type == "Play Content") / (double)Users(platform, "Search"), 6),
                Math.Round(platform.Where(item => item.Type == "Finish Content").Sum(item => item.Number("e:listened_minutes")!.Value), 6), starts.Count()];
            row.ShouldBe(["All Users", platform.Key, .. expected.Select(value => JsonSerializer.Serialize(value))]);
        }
    }

    [Fact]
    public async Task Conversion_is_a_share_and_time_makes_rows()
    {
        const string Funnel = """ "kind":"funnel","steps":[{"event":"Search"},{"event":"Play Content"}],"conversion_window":{"value":3600,"unit":"second"},"date_range":{"relative":"Last 5 Days"} """;

        var rows = await RowsAsync("""{"kind":"data_table","rows":[{"kind":"time","interval":"day"}],"columns":[{"metric_type":"CONVERSION","events":[{"event":"Search"},{"event":"Play Content"}],"conversion_seconds":3600}],"date_range":{"relative":"Last 5 Days"} }""");

        var days = (await tools.JsonAsync($"{{{Funnel}}}")).GetProperty("data")[0].GetProperty("dayFunnels").GetProperty("series").EnumerateArray().Select(day => Math.Round(day[1].GetDouble() / day[0].GetDouble(), 6));
        rows.Skip(1).Select(row => double.Parse(row[2], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(days);
        rows.Skip(1).Select(row => row[1]).ShouldBe(Enumerable.Range(18, 5).Select(day => $"2026-11-{day}"));
    }

    [Fact]
    public async Task A_raw_table_can_be_written_back_and_read_again()
    {
        const string Table = """{"columns":[{"metric_type":"PROPAVG","event":{"event_type":"Finish Content"},"aggregation_property":{"type":"event","value":"listened_minutes"} }],"rows":[{"kind":"property","type":"user","value":"gp:plan"}]}""";

        var first = await tools.ReadAsync("query_amplitude_data", $$"""{"projectId":"100001","definition":{"type":"dataTableV2","params":{"range":"Last 30 Days","table":{{Table}} } } }""");
        var definition = first.GetProperty("data").GetProperty("definition");
        var second = await tools.ReadAsync("query_amplitude_data", $$"""{"projectId":"100001","definition":{{definition}} }""");

        var rows = Rows(first);
        Rows(second).ShouldBe(rows);
        var plans = Recent.Where(item => item.Type == "Finish Content").GroupBy(item => item["u:plan"]).ToDictionary(plan => plan.Key, plan => Math.Round(plan.Average(item => item.Number("e:listened_minutes")!.Value), 6));
        rows.Skip(1).ToDictionary(row => row[1], row => double.Parse(row[2], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(plans, ignoreOrder: true);
    }

    private async Task<string[][]> RowsAsync(string chart) => Rows(await tools.ReadAsync("query_amplitude_data", $$"""{"projectId":"100001","chart":{{chart}}}"""));

    private static string[][] Rows(JsonElement reply) =>
        [.. reply.GetProperty("data").GetProperty("csvResponse").GetProperty("data").EnumerateArray().Skip(2).Select(row => row.EnumerateArray().Select(cell => cell.ToString().TrimStart('\t')).ToArray())];

    private static int Users(IEnumerable<ExportedEvent> events, string type) => events.Where(item => item.Type == type).Select(item => item.User).Distinct().Count();
}
