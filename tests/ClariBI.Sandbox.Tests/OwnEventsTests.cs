namespace ClariBI.Sandbox.Tests;

/// <summary>A handful of events made for what the generated ones do not show: lists, versions, weeks from Sunday, numbers that are none.</summary>
public sealed class OwnEventsTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-own-").FullName;
    private SandboxFactory host = null!;
    private Tools tools = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "org.json"), """
            {"user":{"name":"A","email":"a@b.example"},"organisations":[{"id":"own","name":"Own","projects":[{"id":"7","name":"Shop","timeZone":"UTC","weekStart":"sunday",
             "charts":[{"id":"parent","name":"Parent","chart":{"kind":"segmentation","events":[{"event":"Order"}],"measured_as":{"as":"event_totals"},"date_range":{"relative":"Last 3 Days"} } }]}]}]}
            """);
        string[] lines = [
            Line("2026-11-20 10:00", 1, """{"tags":["new","gift"],"price":1,"code":"a[x]b","mixed":"5"}""", "1.9.9"),
            Line("2026-11-20 10:04", 2, """{"tags":["gift","new","new"],"price":4.5,"code":"axb","mixed":"nan"}""", "1.10"),
            Line("2026-11-21 11:07", 1, """{"tags":["gift"],"price":10,"code":"A*B","mixed":"inf"}""", "1.10.0"),
            Line("2026-11-22 12:00", 3, """{"price":20,"code":"tail.END"}""", "2.0"),
        ];
        await File.WriteAllLinesAsync(Path.Combine(folder, "7.jsonl"), lines);
        host = SandboxServer.Start(folder, null, ("results", "json"));
        tools = await new SandboxAccount(host.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("http://localhost:8787") })).ConnectAsync(organisation: "own");
    }

    public async ValueTask DisposeAsync()
    {
        await tools.DisposeAsync();
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string Line(string time, int user, string properties, string version) =>
        $$"""{"event_type":"Order","event_time":"{{time}}:00.000000","amplitude_id":{{user}},"version_name":"{{version}}","event_properties":{{properties}},"user_properties":{} }""";

    [Theory]
    [InlineData("tags", "set is", """["new","gift"]""", 2)]
    [InlineData("tags", "set is", """["new"]""", 0)]
    [InlineData("tags", "set is not", """["gift"]""", 3)]
    [InlineData("tags", "set contains", """["new"]""", 2)]
    [InlineData("tags", "set does not contain", """["new"]""", 2)]
    [InlineData("tags", "is", """["(none)"]""", 1)]
    [InlineData("code", "glob match", """["a[x]b"]""", 1)]
    [InlineData("code", "glob match", """["A*B"]""", 1)]
    [InlineData("code", "ends with", """["end"]""", 1)]
    [InlineData("code", "has prefix", """["a"]""", 2)]
    [InlineData("mixed", "less", """[6]""", 1)]
    [InlineData("mixed", "greater", """[6]""", 0)]
    public async Task Raw_filters_know_every_operator(string property, string op, string values, int expected)
    {
        var totals = await OverallAsync($$"""{"subprop_type":"event","subprop_key":"{{property}}","subprop_op":"{{op}}","subprop_value":{{values}} }""");

        totals.ShouldBe(expected);
    }

    [Theory]
    [InlineData("version less than", "1.10", 1)]
    [InlineData("version less than or equal to", "1.10", 3)]
    [InlineData("version greater than", "1.10.0", 1)]
    [InlineData("version greater than or equal to", "1.10.0.0", 3)]
    public async Task Versions_are_compared_number_by_number(string op, string version, int expected) =>
        (await OverallAsync($$"""{"subprop_type":"user","subprop_key":"version","subprop_op":"{{op}}","subprop_value":["{{version}}"]}""")).ShouldBe(expected);

    [Fact]
    public async Task Results_can_come_as_plain_json()
    {
        var response = await tools.JsonAsync("""{"kind":"segmentation","events":[{"event":"Order"}],"measured_as":{"as":"event_totals"},"date_range":{"relative":"Last 3 Days"}}""", project: "7");

        response.GetRawText().ShouldBe("""
            {"xValuesForTimeSeries":["2026-11-20T00:00:00","2026-11-21T00:00:00","2026-11-22T00:00:00"],"seriesLabels":[[0,"All Users"]],"timeSeries":[[{"value":2},{"value":1},{"value":1}]],
            """.Trim() + """
            "overallSeries":[[{"value":4}]],"timeSeriesAverage":[[{"value":1.333333}]],"seriesMetadata":[{"segmentIndex":0,"segmentName":"All Users","event":null,"group":[],"formulaIndex":0}]}
            """.Trim());
    }

    [Fact]
    public async Task Weeks_start_on_the_day_of_the_project() =>
        (await ValuesAsync("""{"kind":"segmentation","events":[{"event":"Order"}],"measured_as":{"as":"event_totals"},"interval":"week","date_range":{"relative":"Last 2 Weeks"}}"""))
            .ShouldBe(["2026-11-15T00:00:00=3", "2026-11-22T00:00:00=1"]);

    [Fact]
    public async Task Five_minutes_are_an_interval() =>
        (await ValuesAsync("""{"kind":"segmentation","events":[{"event":"Order"}],"measured_as":{"as":"event_totals"},"interval":"five_minute","date_range":{"start":"2026-11-20","end":"2026-11-21"}}""")).Where(value => !value.EndsWith("=0", StringComparison.Ordinal))
            .ShouldBe(["2026-11-20T10:00:00=2", "2026-11-21T11:05:00=1"]);

    [Fact]
    public async Task A_histogram_has_the_bins_asked_for() =>
        (await GroupsAsync("""{"kind":"segmentation","events":[{"event":"Order","group_by":[{"property":"price","scope":"event"}]}],"measured_as":{"as":"histogram","histogram_bin":{"min":0,"max":20,"size":10} },"date_range":{"relative":"Last 3 Days"}}"""))
            .ShouldBe(["[0, 10)=2", "[10, 20]=2"]);

    [Fact]
    public async Task A_histogram_without_bins_has_ten_equal_ones() =>
        (await GroupsAsync("""{"kind":"segmentation","events":[{"event":"Order","group_by":[{"property":"price","scope":"event"}]}],"measured_as":{"as":"histogram"},"date_range":{"relative":"Last 3 Days"}}"""))
            .ShouldBe(["[1, 2.9)=1", "[18.1, 20]=1", "[2.9, 4.8)=1", "[8.6, 10.5)=1"]);

    [Fact]
    public async Task The_parent_chart_gives_what_the_definition_leaves_out()
    {
        var reply = await tools.ReadAsync("query_amplitude_data", """{"projectId":"7","chartId":"parent","definition":{"type":"eventsSegmentation","vis":"bar","params":{"start":"2026-11-20"} } }""");
        var missing = await tools.FailAsync("query_amplitude_data", """{"projectId":"7","chartId":"parent","definition":{"type":"eventsSegmentation"} }""");

        reply.GetProperty("data").GetProperty("definition").GetProperty("vis").GetString().ShouldBe("bar");
        reply.GetProperty("data").GetProperty("jsonResponse").GetProperty("overallSeries")[0][0].GetProperty("value").GetInt32().ShouldBe(4);
        missing.ShouldContain("params: Field required");
    }

    private async Task<double> OverallAsync(string filter)
    {
        var reply = await tools.ReadAsync("query_amplitude_data", $$"""{"projectId":"7","definition":{"type":"eventsSegmentation","params":{"range":"Last 3 Days","metric":"totals","events":[{"event_type":"Order","filters":[{{filter}}]}]} } }""");
        return reply.GetProperty("data").GetProperty("jsonResponse").GetProperty("overallSeries")[0][0].GetProperty("value").GetDouble();
    }

    private async Task<string[]> ValuesAsync(string chart)
    {
        var response = await tools.JsonAsync(chart, project: "7");
        return [.. response.GetProperty("xValuesForTimeSeries").EnumerateArray().Zip(response.GetProperty("timeSeries")[0].EnumerateArray(), (time, value) => $"{time}={value.GetProperty("value")}")];
    }

    private async Task<string[]> GroupsAsync(string chart)
    {
        var response = await tools.JsonAsync(chart, project: "7");
        return [.. response.GetProperty("seriesLabels").EnumerateArray().Zip(response.GetProperty("overallSeries").EnumerateArray(), (label, value) => $"{label[1]}={value[0].GetProperty("value")}").Order(StringComparer.Ordinal)];
    }
}
