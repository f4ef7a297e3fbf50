using System.Net;
using System.Net.Http.Headers;

namespace ClariBI.Sandbox.Tests;

public sealed class ToolTests(SandboxServer server) : IAsyncLifetime
{
    private Tools tools = null!;

    public async ValueTask InitializeAsync() => tools = await server.Account().ConnectAsync();

    public ValueTask DisposeAsync() => tools.DisposeAsync();

    [Fact]
    public async Task The_context_names_the_organisation_chosen_and_its_projects()
    {
        await using var harbour = await server.Account().ConnectAsync(organisation: "harbour");

        var one = await tools.ReadAsync("get_amplitude_context");
        var two = await harbour.ReadAsync("get_amplitude_context");

        one.GetProperty("projects").GetArrayLength().ShouldBe(1);
        one.GetProperty("user").GetProperty("defaultAppId").GetString().ShouldBe("100001");
        two.GetProperty("organization").GetProperty("name").GetString().ShouldBe("Harbour Radio");
        two.GetProperty("projects").EnumerateArray().Select(project => project.GetProperty("appId").GetString()).ShouldBe(["200001", "200002"]);
    }

    [Fact]
    public async Task Search_finds_events_with_their_volume_and_charts_with_their_id()
    {
        var events = await tools.ReadAsync("search_amp_entities", """{"queries":["sign up"],"entityTypes":["EVENT"]}""");
        var charts = await tools.ReadAsync("search_amp_entities", """{"queries":["activation"],"entityTypes":["CHART"]}""");

        var found = events.GetProperty("results")[0];
        found.GetProperty("name").GetString().ShouldBe("Sign Up");
        found.GetProperty("volume30Days").GetInt32().ShouldBe(server.Events.Named("Sign Up").Count(item => item.Time >= SandboxServer.Now.AddDays(-30)));
        charts.GetProperty("results")[0].GetProperty("id").GetString().ShouldBe("n1actfunl");
    }

    [Fact]
    public async Task The_taxonomy_lists_the_properties_of_an_event_with_their_values()
    {
        var reply = await tools.ReadAsync("get_amp_taxonomy", """{"eventType":"Play Content"}""");

        var properties = reply.GetProperty("properties").EnumerateArray().ToDictionary(property => property.GetProperty("name").GetString()!);
        properties.Keys.ShouldBe(["content_type", "genre", "source"]);
        properties["genre"].GetProperty("enumValues").EnumerateArray().Select(value => value.GetString()).ShouldBe(server.Events.Named("Play Content").Select(item => item["e:genre"]).Distinct(), ignoreOrder: true);
    }

    [Theory]
    [InlineData("rename_chart", """{"chartId":"n1actfunl","name":"x"}""")]
    [InlineData("save_chart_edits", """{"charts":[{"editId":"a","name":"x"}]}""")]
    [InlineData("update_properties", """{"projectId":"100001"}""")]
    [InlineData("use_amplitude_cohorts", """{"action":"create","projectId":"100001","name":"x","definition":{}}""")]
    [InlineData("manage_amp_events", """{"action":"update","events":[]}""")]
    public async Task Writing_is_refused_with_a_read_only_grant(string tool, string arguments)
    {
        (await tools.FailAsync(tool, arguments)).ShouldContain("mcp:write");
    }

    [Theory]
    [InlineData("query_amplitude_data", """{}""", "projectId: Field required")]
    [InlineData("query_amplitude_data", """{"projectId":"100001"}""", "exactly one of chart and definition")]
    [InlineData("query_amplitude_data", """{"projectId":"999","chart":{"kind":"sessions","date_range":{"relative":"Today"}}}""", "No access to project 999")]
    [InlineData("query_amplitude_data", """{"projectId":"100001","chart":{"kind":"funnel","steps":[{"event":"a"},{"event":"b"}],"conversion_window":{"value":7},"date_range":{"relative":"Last 7 Days"}}}""", "conversion_window.unit: Field required")]
    [InlineData("query_amplitude_data", """{"projectId":"100001","chart":{"kind":"funnel","steps":[{"event":"a"},{"event":"b"}],"conversion_window":{"value":2147483647,"unit":"week"},"date_range":{"relative":"Today"}}}""", "at most a year")]
    [InlineData("query_amplitude_data", """{"projectId":"100001","chart":{"kind":"segmentation","events":[{"event":"a","colour":1}],"date_range":{"relative":"Last 7 Days"}}}""", "chart.events.0.colour: Unrecognized key")]
    [InlineData("query_amplitude_data", """{"projectId":"100001","chart":{"kind":"segmentation","events":[{"event":"a"}],"date_range":{"relative":"Last 3 Years"}}}""", "Invalid range format: Last 3 Years")]
    [InlineData("query_amplitude_data", """{"projectId":"100001","chart":{"kind":"segmentation","events":[{"event":"a"}],"date_range":{"relative":"Last 99999 Days"}}}""", "Invalid range format")]
    [InlineData("query_amplitude_data", """{"projectId":"100001","chart":{"kind":"segmentation","events":[{"event":"a"}],"date_range":{"start":1790000000000}}}""", "Unix seconds")]
    [InlineData("query_amplitude_data", """{"projectId":"100001","chart":{"kind":"segmentation","events":[{"event":"a"}],"date_range":{"relative":"Today","timezone":"Mars"}}}""", "not an IANA time zone")]
    [InlineData("query_amplitude_data", """{"projectId":"100001","groupByLimit":0,"chart":{"kind":"sessions","date_range":{"relative":"Today"}}}""", "groupByLimit: Input should be at least 1")]
    [InlineData("query_amplitude_data", """{"projectId":"100001","definition":{"type":"funnel","params":{}}}""", "chartTypeSchema")]
    [InlineData("query_amplitude_data", """{"projectId":"100001","definition":{"type":"eventsSegmentation","params":{"events":[{"event_type":"a"}],"segments":[{"conditions":[{"type":"property","prop":"plan","op":"is","values":["free"]}]}]}}}""", "Invalid user property plan")]
    [InlineData("query_amplitude_data", """{"projectId":"100001","definition":{"type":"eventsSegmentation","params":{"events":"a"}}}""", "events: Input should be an array")]
    [InlineData("query_amplitude_data", """{"projectId":"100001","definition":{"type":"eventsSegmentation","params":{"events":[7]}}}""", "event_type: Field required")]
    [InlineData("get_amplitude_charts", """{"chartIds":["nope"]}""", "NotFoundError: No chart nope")]
    [InlineData("get_amplitude_charts", """{"chartIds":["h1actfunl"]}""", "org_mismatch")]
    [InlineData("get_amplitude_charts", """{"chartEditIds":["nope"],"include":"data"}""", "Chart edit not found or inaccessible")]
    [InlineData("get_amplitude_charts", """{"chartIds":["a","b","c","d"],"include":"data"}""", "At most 3 charts")]
    [InlineData("no_such_tool", """{}""", "MCP error -32602: Tool no_such_tool not found")]
    public async Task A_mistake_is_named(string tool, string arguments, string expected)
    {
        (await tools.FailAsync(tool, arguments)).ShouldContain(expected);
    }

    [Fact]
    public async Task With_several_projects_a_missing_id_is_an_error()
    {
        await using var harbour = await server.Account().ConnectAsync(organisation: "harbour");

        (await harbour.FailAsync("get_amp_taxonomy")).ShouldContain("projectId: Field required");
        (await harbour.FailAsync("query_amplitude_data", """{"projectId":"100001","chart":{"kind":"sessions","date_range":{"relative":"Today"}}}""")).ShouldContain("No access");
    }

    [Fact]
    public async Task Reading_several_charts_may_fail_in_part()
    {
        var reply = await tools.ReadAsync("get_amplitude_charts", """{"chartIds":["n4revplan","zzz"],"include":"data"}""");

        reply.GetProperty("successfulCount").GetInt32().ShouldBe(1);
        reply.GetProperty("failedCount").GetInt32().ShouldBe(1);
        reply.GetProperty("results")[0].GetProperty("data").GetProperty("isCsvResponse").GetBoolean().ShouldBeTrue();
        reply.GetProperty("results")[1].GetProperty("error").GetString().ShouldBe("NotFoundError: No chart zzz");
    }

    [Fact]
    public async Task Every_saved_chart_has_data_and_typed_reads_say_as_with_an_underscore()
    {
        foreach (var id in new[] { "n1actfunl", "n2weekact", "n3ret7chn", "n4revplan", "n5playgnr" })
        {
            (await tools.ReadAsync("get_amplitude_charts", $$"""{"chartIds":["{{id}}"],"include":"data"}""")).GetProperty("failedCount").GetInt32().ShouldBe(0, id);
        }

        var typed = (await tools.ReadAsync("get_amplitude_charts", """{"chartIds":["n4revplan"],"include":"typed"}""")).GetProperty("results")[0].GetProperty("chart").GetProperty("measured_as");
        typed.GetProperty("as_").GetString().ShouldBe("property_sum");
        typed.TryGetProperty("as", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_definition_of_a_query_gives_the_same_numbers_when_sent_back_raw()
    {
        var typed = await tools.ReadAsync("query_amplitude_data", """
            {"projectId":"100001","chart":{"kind":"retention","retention_method":"nday","group_by":[{"property":"plan"}],"segments":[{"where":[{"property":"channel","op":"is not","values":["email"]}]}],"date_range":{"relative":"Last 14 Days"}}}
            """);
        var definition = typed.GetProperty("data").GetProperty("definition").GetRawText();

        var raw = await tools.ReadAsync("query_amplitude_data", $$"""{"projectId":"100001","definition":{{definition}}}""");
        var edit = await tools.ReadAsync("get_amplitude_charts", $$"""{"chartEditIds":["{{typed.GetProperty("chartEditId").GetString()}}"],"include":"data"}""");

        var expected = typed.GetProperty("data").GetProperty("jsonResponse").GetRawText();
        raw.GetProperty("data").GetProperty("jsonResponse").GetRawText().ShouldBe(expected);
        edit.GetProperty("results")[0].GetProperty("data").GetProperty("jsonResponse").GetRawText().ShouldBe(expected);
    }

    [Fact]
    public async Task A_reply_is_one_line_of_an_event_stream()
    {
        using var reply = await PostAsync("""{"jsonrpc":"2.0","id":9,"method":"tools/list"}""");

        reply.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        (await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n').Count(line => line.StartsWith("data: ", StringComparison.Ordinal)).ShouldBe(1);
    }

    /// <summary>Plain HTTP: an SDK would hide what is on the wire.</summary>
    private async Task<HttpResponseMessage> PostAsync(string message)
    {
        var account = server.Account();
        var (_, tokens) = await account.SignInAsync();
        var token = tokens.GetProperty("access_token").GetString();
        using var hello = await account.KnockAsync(token);
        hello.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(message, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Add("mcp-session-id", hello.Headers.GetValues("mcp-session-id"));
        return await account.Http.SendAsync(request);
    }
}
