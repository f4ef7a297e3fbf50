namespace ClariBI.Sandbox.Tests;

/// <summary>Exports people may bring: each is read, or said to be unreadable.</summary>
public sealed class DataLoadingTests : IAsyncDisposable
{
    private readonly DataFolder folder = new();

    [Theory]
    [InlineData("7.jsonl", false)]
    [InlineData("7.json", false)]
    [InlineData("7.jsonl.gz", true)]
    [InlineData("7.json.gz", true)]
    public async Task An_event_file_may_be_zipped(string name, bool isZipped)
    {
        string[] lines = [Line("Order", "2026-11-21 10:00:00.123456"), Line("Order", "2026-11-21 11:00:00")];
        await using var tools = await (isZipped ? folder.WithZipped(name, lines) : folder.With(name, lines)).OpenAsync();

        (await TotalsAsync(tools)).ShouldBe(2);
    }

    [Fact]
    public async Task A_byte_order_mark_costs_no_event()
    {
        await using var tools = await folder.With("7.jsonl", "\uFEFF" + Line("Order", "2026-11-21 10:00:00"), Line("Order", "2026-11-21 11:00:00")).OpenAsync();

        (await TotalsAsync(tools)).ShouldBe(2);
    }

    [Fact]
    public async Task A_folder_of_export_files_is_one_project()
    {
        folder.WithZipped("7/7/7_2026-11-21_10#1.json.gz", Line("Order", "2026-11-21 10:00:00")).WithZipped("7/7/7_2026-11-21_11#2.json.gz", Line("Order", "2026-11-21 11:00:00")).With("7/more.jsonl", Line("Order", "2026-11-20 11:00:00"));

        await using var tools = await folder.OpenAsync();

        (await TotalsAsync(tools)).ShouldBe(3);
    }

    [Fact]
    public async Task Files_of_one_name_in_different_folders_are_two()
    {
        const string projects = """
            {"user":{"name":"A","email":"a@b.example"},"organisations":[{"id":"own","name":"Own","projects":[
             {"id":"7","name":"Shop","timeZone":"UTC","events":"shop/events.jsonl"},{"id":"8","name":"Other","timeZone":"UTC","events":"other/events.jsonl"},{"id":"9","name":"Shop again","timeZone":"UTC","events":"./shop/events.jsonl"}]}]}
            """;
        folder.With("org.json", projects).With("shop/events.jsonl", Line("Order", "2026-11-21 10:00:00"), Line("Order", "2026-11-21 11:00:00")).With("other/events.jsonl", Line("Order", "2026-11-21 12:00:00"));

        await using var tools = await folder.OpenAsync();

        (await TotalsAsync(tools)).ShouldBe(2);
        (await TotalsAsync(tools, project: "8")).ShouldBe(1);
        (await TotalsAsync(tools, project: "9")).ShouldBe(2);
    }

    [Fact]
    public async Task Lines_that_are_no_event_are_left_out()
    {
        folder.With("7.jsonl",
            Line("Order", "2026-11-21 10:00:00"), "", "{broken", "[1,2]", "\"text\"", "null",
            """{"event_type":"Order","event_time":"yesterday","user_id":"a"}""",
            """{"event_time":"2026-11-21 10:00:00","user_id":"a"}""",
            """{"event_type":"Order","event_time":"2026-11-21 10:00:00"}""",
            """{"event_type":"Order","event_time":"2026-11-21 10:00:00","user_id":null,"device_id":"","amplitude_id":null}""",
            """{"event_type":"Order","event_time":"2026-11-21 10:00:00","user_id":"a"} and more""",
            Line("Order", "2026-11-21 12:00:00"));

        await using var tools = await folder.OpenAsync();

        (await TotalsAsync(tools)).ShouldBe(2);
    }

    [Fact]
    public async Task A_user_is_the_amplitude_id_else_the_user_id_else_the_device()
    {
        folder.With("7.jsonl",
            """{"event_type":"Order","event_time":"2026-11-21 10:00:00","amplitude_id":1,"user_id":"x","device_id":"d1"}""",
            """{"event_type":"Order","event_time":"2026-11-21 10:00:01","amplitude_id":"1","user_id":null,"device_id":"d2"}""",
            """{"event_type":"Order","event_time":"2026-11-21 10:00:02","user_id":12345,"device_id":"d3"}""",
            """{"event_type":"Order","event_time":"2026-11-21 10:00:03","user_id":"12345","device_id":"d4"}""",
            """{"event_type":"Order","event_time":"2026-11-21 10:00:04","user_id":null,"device_id":"d5"}""",
            """{"event_type":"Order","event_time":"2026-11-21 10:00:05","device_id":"d5","amplitude_id":null}""");

        await using var tools = await folder.OpenAsync();

        (await TotalsAsync(tools, "unique_users")).ShouldBe(3);
    }

    [Fact]
    public async Task Names_may_differ_by_case_hold_dots_quotes_and_slashes_or_be_nested()
    {
        folder.With("7.jsonl",
            Line("Order", "2026-11-21 10:00:00", """{"Plan":"upper","plan":"lower","a.b":"dotted","o\"d'd":"quoted","s/l~t":"slashed","0":"zero","größe 📏":"L"}"""),
            Line("Order", "2026-11-21 10:00:01", """{"error":{"code":401,"deep":{"retry":true}},"list":["x","y"],"none":null}"""));

        await using var tools = await folder.OpenAsync();

        (await ValuesAsync(tools, "Plan")).ShouldBe(["(none)", "upper"]);
        (await ValuesAsync(tools, "plan")).ShouldBe(["(none)", "lower"]);
        (await ValuesAsync(tools, "a.b")).ShouldBe(["(none)", "dotted"]);
        (await ValuesAsync(tools, "o\\\"d'd")).ShouldBe(["(none)", "quoted"]);
        (await ValuesAsync(tools, "s/l~t")).ShouldBe(["(none)", "slashed"]);
        (await ValuesAsync(tools, "0")).ShouldBe(["(none)", "zero"]);
        (await ValuesAsync(tools, "größe 📏")).ShouldBe(["(none)", "L"]);
        (await ValuesAsync(tools, "error.code")).ShouldBe(["(none)", "401"]);
        (await ValuesAsync(tools, "error.deep.retry")).ShouldBe(["(none)", "true"]);
        var names = (await tools.ReadAsync("get_amp_taxonomy", """{"propertyType":"event","limit":50}""")).GetProperty("properties").EnumerateArray().Select(property => property.GetProperty("name").GetString()).ToArray();
        names.ShouldContain("error.deep.retry");
        names.ShouldNotContain("error");
        names.ShouldContain("list");
    }

    [Fact]
    public async Task Fields_of_the_export_are_user_properties_where_they_occur()
    {
        folder.With("7.jsonl",
            """{"event_type":"Order","event_time":"2026-11-21 10:00:00","user_id":"a","city":"Köln","region":"NRW","dma":null,"os_name":"ios","os_version":"26.1","device_carrier":"O2","start_version":"1.0","paying":"true","ip_address":"192.0.2.1","groups":{"team":["x"]},"group_properties":{},"client_event_time":"2026-11-21 09:59:59.1","unknown":{"a":[1]},"user_properties":{"city":"own"}}""");

        await using var tools = await folder.OpenAsync();

        (await ValuesAsync(tools, "city")).ShouldBe(["Köln"]);
        (await ValuesAsync(tools, "os")).ShouldBe(["ios 26.1"]);
        (await ValuesAsync(tools, "carrier")).ShouldBe(["O2"]);
        (await ValuesAsync(tools, "paying")).ShouldBe(["true"]);
        var names = (await tools.ReadAsync("get_amp_taxonomy", """{"propertyType":"user"}""")).GetProperty("properties").EnumerateArray().Select(property => property.GetProperty("name").GetString()).ToArray();
        names.ShouldContain("ip_address");
        names.ShouldNotContain("dma");
        names.ShouldNotContain("platform");
    }

    [Fact]
    public async Task Of_very_many_properties_the_most_used_are_kept()
    {
        var rare = string.Join(',', Enumerable.Range(0, 450).Select(number => $"\"aa{number:d3}\":{number}"));
        folder.With("7.jsonl", Line("Order", "2026-11-21 10:00:00", $$"""{{{rare}},"zz_often":"x"}"""), Line("Order", "2026-11-21 10:00:01", """{"zz_often":"y"}"""));

        await using var tools = await folder.OpenAsync();

        (await ValuesAsync(tools, "zz_often")).ShouldBe(["x", "y"]);
        (await ValuesAsync(tools, "aa000")).ShouldBe(["(none)", "0"]);
        (await ValuesAsync(tools, "aa449")).ShouldBe(["(none)"]);
    }

    [Fact]
    public async Task No_events_at_all_give_zeros()
    {
        await using var tools = await folder.With("7.jsonl").OpenAsync();

        (await TotalsAsync(tools)).ShouldBe(0);
        (await tools.ReadAsync("get_amp_taxonomy")).GetProperty("properties").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Days_are_those_of_the_zone_when_the_clocks_change()
    {
        folder.With("org.json", DataFolder.Organisation("").Replace("UTC", "America/New_York", StringComparison.Ordinal)).With("7.jsonl",
            Line("Order", "2026-11-01 03:59:59"), Line("Order", "2026-11-01 04:00:00"), Line("Order", "2026-11-02 04:59:59"), Line("Order", "2026-11-02 05:00:00"));

        await using var tools = await folder.OpenAsync();
        var days = await tools.CsvAsync("""{"kind":"segmentation","events":[{"event":"Order"}],"measured_as":{"as":"event_totals"},"date_range":{"start":"2026-10-31","end":"2026-11-02"}}""", project: "7");

        // The first of November has 25 hours: from 04:00 UTC to 05:00 UTC the next day.
        days.ShouldBe(new SortedDictionary<string, double> { ["All Users|2026-10-31"] = 1, ["All Users|2026-11-01"] = 2, ["All Users|2026-11-02"] = 1 });
    }

    [Fact]
    public async Task Events_out_of_order_count_as_if_in_order()
    {
        folder.With("7.jsonl", Line("Order", "2026-11-21 12:00:00"), Line("View", "2026-11-21 11:00:00"), Line("View", "2026-11-21 13:00:00"));

        await using var tools = await folder.OpenAsync();
        var funnel = (await tools.JsonAsync("""{"kind":"funnel","steps":[{"event":"View"},{"event":"Order"}],"date_range":{"relative":"Last 7 Days"}}""", project: "7")).GetProperty("data")[0];

        funnel.GetProperty("cumulativeRaw").EnumerateArray().Select(count => count.GetInt32()).ShouldBe([1, 1]);
        funnel.GetProperty("medianTransTimes")[1].GetInt64().ShouldBe(3_600_000);
    }

    [Fact]
    public async Task A_folder_that_cannot_hold_a_cache_still_works()
    {
        // A file in the place of the folder stops even root, whom permissions do not.
        folder.With(".cache", "in the way").With("7.jsonl", Line("Order", "2026-11-21 12:00:00"));

        await using var tools = await folder.OpenAsync();

        (await TotalsAsync(tools)).ShouldBe(1);
        (await File.ReadAllTextAsync(Path.Combine(folder.Path, ".cache"), TestContext.Current.CancellationToken)).ShouldBe("in the way\n");
    }

    [Fact]
    public async Task A_changed_file_is_read_again()
    {
        await using (var first = await folder.With("7.jsonl", Line("Order", "2026-11-21 12:00:00")).OpenAsync())
        {
            (await TotalsAsync(first)).ShouldBe(1);
        }

        folder.With("7.jsonl", Line("Order", "2026-11-21 12:00:00"), Line("Order", "2026-11-21 12:30:00"));
        await using var second = await folder.OpenAsync();
        (await TotalsAsync(second)).ShouldBe(2);
    }

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    private static string Line(string type, string time, string properties = "{}") =>
        $$$"""{"event_type":"{{{type}}}","event_time":"{{{time}}}","user_id":"a","event_properties":{{{properties}}},"user_properties":{}}""";

    private static async Task<double> TotalsAsync(Tools tools, string measure = "event_totals", string project = "7") =>
        (await tools.CsvAsync($$$"""{"kind":"segmentation","events":[{"event":"Order"}],"measured_as":{"as":"{{{measure}}}"},"date_range":{"relative":"Last 7 Days"}}""", """, "timeSeriesLimit":0""", project))["All Users|Total"];

    private static async Task<string[]> ValuesAsync(Tools tools, string property)
    {
        var cells = await tools.CsvAsync($$$"""{"kind":"segmentation","events":[{"event":"Order"}],"measured_as":{"as":"event_totals"},"group_by":[{"property":"{{{property}}}"}],"date_range":{"relative":"Last 7 Days"}}""", """, "timeSeriesLimit":0""", "7");
        return [.. cells.Keys.Select(key => key.Split('|')[1])];
    }
}
