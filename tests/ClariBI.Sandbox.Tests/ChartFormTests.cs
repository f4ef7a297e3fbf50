using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Tests;

/// <summary>That the two forms of funnels, retention, sessions and the raw-only kinds agree, and how their mistakes are named.</summary>
public sealed class ChartFormTests(SandboxServer server) : IAsyncLifetime
{
    private const string Last30 = """ "date_range":{"relative":"Last 30 Days"} """;
    private const string Two = """ "steps":[{"event":"Search"},{"event":"Play Content"}] """;
    private const string RawTwo = """ "range":"Last 30 Days","events":[{"event_type":"Search"},{"event_type":"Play Content"}] """;
    private Tools tools = null!;

    public async ValueTask InitializeAsync() => tools = await server.Account().ConnectAsync();

    public ValueTask DisposeAsync() => tools.DisposeAsync();

    [Theory]
    [InlineData("chart", $$"""{"kind":"funnel",{{Two}},"mode":"sequential","conversion_window":{"value":90,"unit":"minute"},"constant_properties":["platform"],"hold_property":"channel","excluded_events":[{"event":"View Paywall","step_index":0}],"trans_time_percentiles":[12.5],"measured_as":{"as":"time_to_convert"},{{Last30}} }""")]
    [InlineData("chart", $$"""{"kind":"funnel",{{Two}},"mode":"unordered","group_by":[{"property":"channel"}],{{Last30}} }""")]
    [InlineData("chart", $$"""{"kind":"retention","retention_method":"bracket","retention_brackets":[[0,2],[2,9]],"start_event":{"event":"Search"},"interval":"week",{{Last30}} }""")]
    [InlineData("chart", $$"""{"kind":"retention","retention_method":"nday_or_before",{{Last30}} }""")]
    [InlineData("chart", $$"""{"kind":"retention","measured_as":{"as":"usage_interval"},"group_by":[{"property":"platform"}],{{Last30}} }""")]
    [InlineData("chart", $$"""{"kind":"sessions","measured_as":"averageTimePerUser","groups":[{"group_by":[{"property":"platform"}]},{"where":[{"property":"genre","op":"is","values":["pop"]}]}],{{Last30}} }""")]
    [InlineData("definition", """{"type":"revenueLtv","params":{"range":"Last 30 Days","metric":"1","groupBy":[{"type":"user","value":"gp:channel"}]}}""")]
    [InlineData("definition", """{"type":"stickiness","params":{"range":"Last 4 Weeks","events":[{"event_type":"Search"}]}}""")]
    [InlineData("definition", """{"type":"composition","params":{"range":"Last 30 Days","property":"gp:channel"}}""")]
    public async Task A_reply_names_the_definition_that_gives_the_same_again(string form, string chart)
    {
        var first = (await tools.ReadAsync("query_amplitude_data", $$"""{"projectId":"100001","{{form}}":{{chart}} }""")).GetProperty("data");
        var again = (await tools.ReadAsync("query_amplitude_data", $$"""{"projectId":"100001","definition":{{first.GetProperty("definition").GetRawText()}} }""")).GetProperty("data");

        JsonElement.DeepEquals(Result(again), Result(first)).ShouldBeTrue();
        JsonElement.DeepEquals(again.GetProperty("definition"), first.GetProperty("definition")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_raw_funnel_means_the_same_as_the_typed_one()
    {
        var typed = await tools.JsonAsync($$"""{"kind":"funnel",{{Two}},"mode":"sequential","conversion_window":{"value":2,"unit":"hour"},"hold_property":{"property":"channel","scope":"user"},"excluded_events":[{"event":"Share Content","step_index":0}],"trans_time_percentiles":[50],{{Last30}} }""");

        var raw = (await tools.ReadAsync("query_amplitude_data", $$"""
            {"projectId":"100001","definition":{"type":"funnels","params":{ {{RawTwo}},"order":"exact_order","conversionWindow":{"value":2,"unit":"hour"},"holdProperty":{"type":"user","value":"gp:channel"},
             "excludedEvents":[{"event_type":"Share Content","filters":[],"step_index":0}],"transTimePercentiles":[50]} } }
            """)).GetProperty("data").GetProperty("jsonResponse");

        JsonElement.DeepEquals(raw, typed).ShouldBeTrue();
    }

    [Theory]
    [InlineData($$"""{"kind":"funnel",{{Two}},"conversion_window":{"value":1},{{Last30}} }""", "chart.conversion_window.unit: Field required")]
    [InlineData($$"""{"kind":"funnel",{{Two}},"conversion_window":{"value":0,"unit":"day"},{{Last30}} }""", "chart.conversion_window.value: Input should be at least 1")]
    [InlineData($$"""{"kind":"funnel",{{Two}},"conversion_window":{"value":2000000000,"unit":"week"},{{Last30}} }""", "conversion_window.value: Input should be greater than 0 and at most a year")]
    [InlineData($$"""{"kind":"funnel",{{Two}},"trans_time_percentiles":[101],{{Last30}} }""", "chart.trans_time_percentiles.0: Input should be at most 100")]
    [InlineData($$"""{"kind":"funnel",{{Two}},"excluded_events":[{"event":"X","step_index":1}],{{Last30}} }""", "excluded_events.0.step_index: Input should be between -1 and 0")]
    [InlineData($$"""{"kind":"funnel","steps":[{"event":"A"},{"event":"B","group_by":[{"property":"platform"}]}],{{Last30}} }""", "steps.1.group_by: the sandbox groups a funnel by its first step only")]
    [InlineData($$"""{"kind":"funnel",{{Two}},"measured_as":{"as":"conversions"},{{Last30}} }""", "chart.measured_as.as: Input should be one of conversion, conversion_over_time, time_to_convert, time_to_convert_over_time, step_count")]
    [InlineData($$"""{"kind":"retention","retention_method":"bracket",{{Last30}} }""", "retention_brackets: Field required")]
    [InlineData($$"""{"kind":"retention","retention_method":"bracket","retention_brackets":[[0,1],[3,2]],{{Last30}} }""", "retention_brackets.1: Input should be [from, until] with 0 <= from < until <= 1000")]
    [InlineData("""{"kind":"retention","interval":"quarter","date_range":{"start":"2026-01-01"} }""", "interval: Input should be one of day, week, month for retention")]
    [InlineData("""{"kind":"retention","group_by":[{"property":"channel"}],"date_range":{"relative":"Last 1100 Days"} }""", "date_range: the reply would hold")]
    [InlineData($$"""{"kind":"sessions","measured_as":"formula",{{Last30}} }""", "measured_as: formula is not computed for sessions by the sandbox")]
    public async Task A_mistake_in_a_typed_chart_is_named(string chart, string message) =>
        (await tools.FailAsync("query_amplitude_data", $$"""{"projectId":"100001","chart":{{chart}} }""")).ShouldContain(message);

    [Theory]
    [InlineData("funnels", $$"""{ {{RawTwo}},"conversionWindow":{"value":1} }""", "conversion_window.unit: Field required")]
    [InlineData("funnels", $$"""{ {{RawTwo}},"conversionWindow":{"unit":"day"} }""", "conversion_window.value: Field required")]
    [InlineData("funnels", $$"""{ {{RawTwo}},"conversionWindow":7}""", "conversion_window: Input should be an object")]
    [InlineData("funnels", $$"""{ {{RawTwo}},"conversionSeconds":0}""", "conversionSeconds: Input should be greater than 0 and at most a year")]
    [InlineData("funnels", $$"""{ {{RawTwo}},"order":"ordered"}""", "params.order: Input should be one of this_order, any_order, exact_order")]
    [InlineData("funnels", $$"""{ {{RawTwo}},"transTimePercentiles":[50,"x"]}""", "transTimePercentiles.1: Input should be a number from 0 to 100")]
    [InlineData("funnels", $$"""{ {{RawTwo}},"holdProperty":[1]}""", "value: Field required")]
    [InlineData("funnels", """{"events":[{"event_type":"A"}]}""", "params.events: a funnel has 2 to 20 steps")]
    [InlineData("retention", """{"retentionMethod":"sometimes"}""", "params.retentionMethod: Input should be one of rolling, nday, bracket, nday_or_before")]
    [InlineData("retention", """{"retentionMethod":"bracket","retentionBrackets":[[0,"7"]]}""", "retentionBrackets.0: Input should be [from, until]")]
    [InlineData("retention", """{"startEvent":[]}""", "startEvent: Input should be an object")]
    [InlineData("sessions", """{"sessionType":"average"}""", "params.sessions: Field required")]
    [InlineData("sessions", """{"sessions":["x"]}""", "sessions.0: Input should be an object")]
    [InlineData("sessions", """{"sessions":[{"filters":[],"filters":[1]}]}""", "subprop_key: Field required")]
    [InlineData("sessions", """{"sessions":[{}],"sessionType":"longest"}""", "params.sessionType: Input should be one of totalSessions")]
    [InlineData("revenueLtv", """{"metric":"4"}""", "params.metric: Input should be one of 0, 1, 2, 3")]
    [InlineData("stickiness", """{"interval":1,"events":[{"event_type":"A"}]}""", "params.interval: Input should be one of 7, 30")]
    [InlineData("stickiness", """{"interval":7}""", "params.events: Field required")]
    [InlineData("composition", "{}", "params.property: Field required")]
    [InlineData("customerJourney", "{}", "customerJourney is not computed by the sandbox")]
    [InlineData("metricExplorer", "{}", "metricExplorer is not computed by the sandbox")]
    public async Task A_mistake_in_a_definition_is_answered_with_how_it_is_written(string type, string parameters, string message)
    {
        var text = await tools.FailAsync("query_amplitude_data", $$"""{"projectId":"100001","definition":{"type":"{{type}}","params":{{parameters}} } }""");

        var reply = JsonNode.Parse(text)!;
        ((string?)reply["error"])!.ShouldContain(message);
        ((string?)reply["chartTypeSchema"]!["type"]).ShouldBe(type);
    }

    private static JsonElement Result(JsonElement data) => data.TryGetProperty("jsonResponse", out var json) ? json : data.GetProperty("csvResponse");
}
