using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>Charts that cannot be computed are refused with the field at fault.</summary>
public sealed class ChartArgumentTests(SandboxServer server) : IAsyncLifetime
{
    private Tools tools = null!;

    public async ValueTask InitializeAsync() => tools = await server.Account().ConnectAsync();

    public ValueTask DisposeAsync() => tools.DisposeAsync();

    [Theory]
    [InlineData(""" "date_range":{"relative":"Custom"} """, "Invalid range format: Custom")]
    [InlineData(""" "date_range":{"relative":"All Time"} """, "Invalid range format: All Time")]
    [InlineData(""" "date_range":{"relative":"Daily"} """, "Invalid range format: Daily")]
    [InlineData(""" "date_range":{"relative":"Last 3 Years"} """, "Match the relative range's unit to the interval")]
    [InlineData(""" "date_range":{"relative":"Last 3 Days"},"interval":"month" """, "Match the relative range's unit to the interval")]
    [InlineData(""" "date_range":{"relative":"Last 3 Days","start":"2026-11-01"} """, "date_range: Input should have either")]
    [InlineData(""" "date_range":{"end":"2026-11-01"} """, "date_range.start: Field required")]
    [InlineData(""" "date_range":{"start":"2026-11-01","end":"9999-12-31"} """, "date_range.end: ")]
    [InlineData(""" "date_range":{"start":"0001-01-01"} """, "date_range.start: ")]
    [InlineData(""" "date_range":{"start":"now-9999w"} """, "between the years")]
    [InlineData(""" "date_range":{"start":1e300} """, "date_range.start: ")]
    [InlineData(""" "date_range":{"start":"2020-01-01"} """, "at most 1200 intervals")]
    [InlineData(""" "date_range":{"relative":"Last 9 Days"},"interval":"hour" """, "limited to ranges of 8 days")]
    [InlineData(""" "date_range":{"relative":"Last 3 Days"},"interval":"five_minute" """, "limited to ranges of 2 days")]
    [InlineData(""" "date_range":{"relative":"Today"},"count_unique_by":"company" """, "for group type company")]
    [InlineData(""" "date_range":{"relative":"Today"},"group_by":[{"property":"plan","scope":"group","group_type":"company"}] """, "Invalid group property plan for group type company")]
    [InlineData(""" "date_range":{"relative":"Today"},"group_by":[{"property":"plan","scope":"session"}] """, "scope: session")]
    [InlineData(""" "date_range":{"relative":"Today"},"group_by":[{"property":"plan"},{"property":"channel"},{"property":"genre"}] """, "group_by: Array should have at most 2 items")]
    [InlineData(""" "date_range":{"relative":"Today"},"rolling_window":7,"cumulative":true """, "cumulative: ")]
    [InlineData(""" "date_range":{"relative":"Today"},"rolling_window":367 """, "rolling_window: Input should be at most 366")]
    [InlineData(""" "date_range":{"relative":"Today"},"measured_as":{"as":"frequency"},"rolling_window":90 """, "rolling_window: ")]
    [InlineData(""" "date_range":{"relative":"Today"},"measured_as":{"as":"histogram"} """, "events.0.group_by: Field required")]
    [InlineData(""" "date_range":{"relative":"Today"},"group_by":[{"property":"a\u0000b"}] """, "property: Input should not have NUL characters")]
    [InlineData(""" "date_range":{"relative":"Today"},"segments":[{"performed":[{"event":"a","op":"about"}]}] """, "chart.segments.0.performed.0.op: Input should be one of")]
    [InlineData(""" "date_range":{"relative":"Today"},"segments":[{"where":[{"property":"userdata_cohort","op":"is","values":["none"]}]}] """, "NotFoundError: No cohort none")]
    public async Task A_bad_chart_names_its_field(string fields, string expected) =>
        (await tools.FailAsync("query_amplitude_data", $$"""{"projectId":"100001","chart":{"kind":"segmentation","events":[{"event":"Search"}],{{fields}}} }""")).ShouldContain(expected);

    [Theory]
    [InlineData("""{"min":0,"max":1000,"size":1}""", "histogram_bin.size")]
    [InlineData("""{"min":0,"max":10,"size":0}""", "histogram_bin.size")]
    [InlineData("""{"min":10,"max":10,"size":1}""", "histogram_bin.max")]
    public async Task Bins_are_limited(string bin, string expected) =>
        (await tools.FailAsync("query_amplitude_data", $$"""{"projectId":"100001","chart":{"kind":"segmentation","events":[{"event":"Finish Content","group_by":[{"property":"listened_minutes"}]}],"measured_as":{"as":"histogram","histogram_bin":{{bin}} },"date_range":{"relative":"Today"} } }""")).ShouldContain(expected);

    [Theory]
    [InlineData("segmentation", "{}", "type: Input should be one of")]
    [InlineData("funnel", "{}", "type: Input should be one of")]
    [InlineData("eventsSegmentation", """{"events":[{"event_type":"a"}],"range":"Last 7 Days","start":"2026-11-01"}""", "params: Input should have either")]
    [InlineData("eventsSegmentation", """{"events":[{"event_type":"a"}],"metric":"uniq"}""", "params.metric: Input should be one of")]
    [InlineData("eventsSegmentation", """{"events":[{"event_type":"a","filters":[{"subprop_key":"x","subprop_op":"css match","subprop_value":["p"]}]}]}""", "css match looks at elements of web pages")]
    [InlineData("eventsSegmentation", """{"events":[{"event_type":"a"}],"segments":[{"conditions":[{"type":"property","prop":"plan","op":"is","values":["x"]}]}]}""", "Invalid user property plan")]
    [InlineData("eventsSegmentation", """{"events":[{"event_type":"a"}],"groupBy":[{"type":"derivedV2","value":"x"}]}""", "type: derivedV2 properties do not exist")]
    [InlineData("eventsSegmentation", """{"events":[{"event_type":"a"}],"countGroup":"company"}""", "for group type company")]
    [InlineData("eventsSegmentation", """{"events":[{"event_type":"a"}],"interval":2}""", "params.interval: Input should be one of")]
    [InlineData("dataTableV2", "{}", "params.table: Field required")]
    public async Task A_bad_definition_shows_how_its_type_is_written(string type, string parameters, string expected)
    {
        var answer = await tools.FailAsync("query_amplitude_data", $$"""{"projectId":"100001","definition":{"type":"{{type}}","params":{{parameters}}} }""");

        var body = JsonDocument.Parse(answer).RootElement;
        body.GetProperty("error").GetString()!.ShouldContain(expected);
        var schema = body.GetProperty("chartTypeSchema");
        schema.GetProperty("params").EnumerateObject().ShouldNotBeEmpty();
        schema.GetProperty("enums").GetProperty("op").GetArrayLength().ShouldBe(23);
        schema.GetProperty("example").GetProperty("type").GetString().ShouldBe(schema.GetProperty("type").GetString());
        schema.GetProperty("coercionRules").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_longer_formula_than_anyone_writes_is_refused() =>
        (await tools.FailAsync("query_amplitude_data", $$"""{"projectId":"100001","chart":{"kind":"segmentation","events":[{"event":"Search"}],"measured_as":{"as":"formula","formula":"{{string.Join('+', Enumerable.Repeat("1", 20_000))}}"},"date_range":{"relative":"Today"} } }""")).ShouldContain("measured_as.formula");

    [Fact]
    public async Task Numbers_too_large_for_json_become_zero()
    {
        var huge = new string('9', 300);

        var cells = await tools.CsvAsync($$"""{"kind":"segmentation","events":[{"event":"Search"}],"measured_as":{"as":"formula","formula":"{{huge}}*{{huge}}"},"date_range":{"relative":"Today"} }""");

        cells["All Users|2026-11-22"].ShouldBe(0);
    }
}
