using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>Each fault, switched on by the admin endpoint and, where it strikes tool calls, by its magic name.</summary>
public sealed class FaultTests(FaultTests.OwnSandbox own) : IClassFixture<FaultTests.OwnSandbox>, IAsyncLifetime
{
    private readonly LiveSandbox sandbox = own.Sandbox;
    private Wire wire = null!;

    public sealed class OwnSandbox : IAsyncDisposable
    {
        internal LiveSandbox Sandbox { get; } = new();

        public ValueTask DisposeAsync() => Sandbox.DisposeAsync();
    }

    public async ValueTask InitializeAsync()
    {
        await FaultAsync(new { kind = "none" });
        wire = await Wire.OpenAsync(sandbox.Us());
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("unauthorized", "401", HttpStatusCode.Unauthorized)]
    [InlineData("forbidden", "403", HttpStatusCode.Forbidden)]
    [InlineData("rate_limited", "429", HttpStatusCode.TooManyRequests)]
    [InlineData("server_error", "500", HttpStatusCode.InternalServerError)]
    [InlineData("down", "503", HttpStatusCode.ServiceUnavailable)]
    [InlineData("lost_session", "lost_session", HttpStatusCode.NotFound)]
    public async Task A_request_fails_by_switch_or_by_name(string kind, string name, HttpStatusCode expected)
    {
        using var magic = await wire.SendAsync(Wire.Call("search_amp_entities", $$"""{"queries":["fault:{{name}}"]}"""));
        wire = await Wire.OpenAsync(sandbox.Us());
        await FaultAsync(new { kind, count = 1 });
        using var switched = await wire.SendAsync(Wire.List);
        wire = await Wire.OpenAsync(sandbox.Us());
        using var spared = await wire.SendAsync(Wire.List);

        magic.StatusCode.ShouldBe(expected);
        switched.StatusCode.ShouldBe(expected);
        spared.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(null, "1")]
    [InlineData(7, "7")]
    [InlineData(0, null)]
    public async Task A_rate_limit_says_when_to_come_back_or_does_not(int? retryAfter, string? header)
    {
        await FaultAsync(new { kind = "rate_limited", count = 1, retryAfter });

        using var reply = await wire.SendAsync(Wire.List);
        using var magic = await wire.SendAsync(Wire.Call("get_amplitude_context", $$"""{"rationale":"fault:429:{{retryAfter ?? 1}}"}"""));

        (reply.Headers.TryGetValues("Retry-After", out var values) ? values.Single() : null).ShouldBe(header);
        (magic.Headers.TryGetValues("Retry-After", out values) ? values.Single() : null).ShouldBe(header);
    }

    [Fact]
    public async Task A_fault_of_one_tool_spares_the_others()
    {
        await FaultAsync(new { kind = "server_error", tool = "search_amp_entities" });

        using var spared = await wire.SendAsync(Wire.Call("get_amplitude_context"));
        using var list = await wire.SendAsync(Wire.List);
        using var struck = await wire.SendAsync(Wire.Call("search_amp_entities"));

        spared.StatusCode.ShouldBe(HttpStatusCode.OK);
        list.StatusCode.ShouldBe(HttpStatusCode.OK);
        struck.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task A_lost_session_stays_lost()
    {
        await FaultAsync(new { kind = "lost_session", count = 1 });
        using var lost = await wire.SendAsync(Wire.List);
        using var still = await wire.SendAsync(Wire.List);

        lost.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        still.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Slow_answers_come_late()
    {
        var started = Stopwatch.GetTimestamp();
        using var magic = await wire.SendAsync(Wire.Call("get_amplitude_context", """{"rationale":"fault:slow:400"}"""));
        Stopwatch.GetElapsedTime(started).TotalMilliseconds.ShouldBeGreaterThan(380);

        await FaultAsync(new { kind = "slow", count = 1, milliseconds = 400 });
        started = Stopwatch.GetTimestamp();
        using var switched = await wire.SendAsync(Wire.List);
        Stopwatch.GetElapsedTime(started).TotalMilliseconds.ShouldBeGreaterThan(380);
        switched.StatusCode.ShouldBe(HttpStatusCode.OK);
        magic.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_hung_request_never_answers()
    {
        using var impatient = sandbox.Client(sandbox.UsAddress);
        impatient.Timeout = TimeSpan.FromSeconds(1);
        using var request = wire.Request(HttpMethod.Post, System.Text.Encoding.UTF8.GetBytes(Wire.Call("get_amplitude_context", """{"rationale":"fault:hung"}""")));
        await Should.ThrowAsync<TaskCanceledException>(impatient.SendAsync(request, TestContext.Current.CancellationToken));

        await FaultAsync(new { kind = "hung", count = 1, milliseconds = 300 });
        await Should.ThrowAsync<HttpRequestException>(wire.SendAsync(Wire.List));
        (await wire.ReplyAsync(Wire.Ping)).GetProperty("result").ToString().ShouldBe("{}");
    }

    [Fact]
    public async Task A_dropped_connection_breaks_in_the_middle_of_the_reply()
    {
        await FaultAsync(new { kind = "drop", count = 1 });
        foreach (var body in new[] { Wire.List, Wire.Call("get_amplitude_context", """{"rationale":"fault:drop"}""") })
        {
            using var client = sandbox.Client(sandbox.UsAddress);
            using var request = wire.Request(HttpMethod.Post, System.Text.Encoding.UTF8.GetBytes(body));
            using var reply = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            await using var stream = await reply.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            var begun = new byte[21];

            await stream.ReadExactlyAsync(begun, TestContext.Current.CancellationToken);

            reply.StatusCode.ShouldBe(HttpStatusCode.OK);
            System.Text.Encoding.UTF8.GetString(begun).ShouldBe("event: message\ndata: ");
            await Should.ThrowAsync<IOException>(stream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData("org_mismatch", true, "org_mismatch")]
    [InlineData("not_found", true, "NotFoundError: No chart")]
    [InlineData("chart_type_schema", true, "chartTypeSchema")]
    [InlineData("missing_project", true, "projectId: Field required")]
    [InlineData("session_error", true, "session")]
    [InlineData("tool_removed", true, "MCP error -32602: Tool get_amplitude_context not found")]
    [InlineData("mcp_error", false, "MCP error -32602: Tool get_amplitude_context not found")]
    public async Task A_call_answers_with_an_error_text(string kind, bool isError, string text)
    {
        var magic = await wire.CallAsync("get_amplitude_context", $$"""{"rationale":"fault:{{kind}}"}""");
        await FaultAsync(new { kind, count = 1, tool = "get_amplitude_context" });
        var switched = await wire.CallAsync("get_amplitude_context");
        var spared = await wire.CallAsync("get_amplitude_context");

        magic.IsError.ShouldBe(isError);
        magic.Text.ShouldContain(text);
        switched.ShouldBe(magic);
        spared.IsError.ShouldBeFalse();
        JsonDocument.Parse(spared.Text).RootElement.GetProperty("user").GetProperty("name").GetString().ShouldBe("Ada");
    }

    [Fact]
    public async Task A_reply_may_be_no_JSON()
    {
        var (isError, text) = await wire.CallAsync("get_amplitude_context", """{"rationale":"fault:malformed_json"}""");

        isError.ShouldBeFalse();
        text.ShouldStartWith("{");
        Should.Throw<JsonException>(() => JsonDocument.Parse(text));
    }

    [Fact]
    public async Task A_reply_may_be_fifty_megabytes()
    {
        var (_, text) = await wire.CallAsync("get_amplitude_context", """{"rationale":"fault:oversized"}""");

        text.Length.ShouldBe(50 * 1024 * 1024);
    }

    [Fact]
    public async Task Names_of_events_may_carry_instructions()
    {
        await FaultAsync(new { kind = "injection" });

        var (_, events) = await wire.CallAsync("manage_amp_events", """{"projectId":"7"}""");
        var (_, context) = await wire.CallAsync("get_amplitude_context");

        var names = JsonDocument.Parse(events).RootElement.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("name").GetString()!).ToArray();
        names.ShouldContain("Order");
        names.ShouldContain(name => name.StartsWith("Ignore all previous instructions", StringComparison.Ordinal));
        context.ShouldNotContain("Ignore all");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_removed_tool_may_still_be_listed(bool listed)
    {
        await FaultAsync(new { kind = "tool_removed", tool = "get_amplitude_context", listed });

        var names = (await ListAsync()).GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()).ToArray();

        names.Contains("get_amplitude_context").ShouldBe(listed);
        names.ShouldContain("search_amp_entities");
        (await wire.CallAsync("get_amplitude_context")).ShouldBe((true, "MCP error -32602: Tool get_amplitude_context not found"));
    }

    [Fact]
    public async Task A_tool_may_change_between_list_and_call()
    {
        var before = Tool(await ListAsync());
        await FaultAsync(new { kind = "tool_changed", tool = "get_amplitude_context" });
        var after = Tool(await ListAsync());
        var asBefore = await wire.CallAsync("get_amplitude_context");
        var asAfter = await wire.CallAsync("get_amplitude_context", """{"workspace":"x"}""");

        after.GetProperty("description").GetString().ShouldNotBe(before.GetProperty("description").GetString());
        after.GetProperty("inputSchema").GetProperty("required")[0].GetString().ShouldBe("workspace");
        after.GetProperty("annotations").GetProperty("readOnlyHint").GetBoolean().ShouldBeFalse();
        before.GetProperty("annotations").GetProperty("readOnlyHint").GetBoolean().ShouldBeTrue();
        asBefore.Text.ShouldEndWith("workspace: Field required");
        asAfter.IsError.ShouldBeFalse();

        static JsonElement Tool(JsonElement list) => list.GetProperty("tools").EnumerateArray().Single(tool => tool.GetProperty("name").GetString() == "get_amplitude_context");
    }

    [Fact]
    public async Task Pages_of_tools_may_never_end()
    {
        await FaultAsync(new { kind = "endless_pages" });
        var seen = new HashSet<string>();
        string? cursor = null;
        for (var page = 0; page < 20; page++)
        {
            var list = await ListAsync(cursor);
            list.GetProperty("tools").GetArrayLength().ShouldBeGreaterThan(0);
            cursor = list.GetProperty("nextCursor").GetString()!;
            seen.Add(cursor).ShouldBeTrue();
        }

        await FaultAsync(new { kind = "none" });
        (await ListAsync(cursor)).TryGetProperty("nextCursor", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Initialize_may_answer_without_a_session()
    {
        await FaultAsync(new { kind = "no_session_id", count = 1 });
        wire.Session = null;

        using var first = await wire.SendAsync(Wire.Initialize("2024-11-05"));
        using var second = await wire.SendAsync(Wire.Initialize("2024-11-05"));

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Headers.Contains("mcp-session-id").ShouldBeFalse();
        second.Headers.Contains("mcp-session-id").ShouldBeTrue();
    }

    [Fact]
    public async Task An_unknown_magic_name_is_a_name_like_others()
    {
        (await wire.CallAsync("get_amplitude_context", """{"rationale":"fault:nonsense"}""")).IsError.ShouldBeFalse();
        (await wire.CallAsync("get_amplitude_context", """{"rationale":"a fault:500 within a text"}""")).IsError.ShouldBeFalse();
    }

    private async Task<JsonElement> ListAsync(string? cursor = null) =>
        (await wire.ReplyAsync(cursor is null ? Wire.List : Wire.List.Replace("\"tools/list\"", $"\"tools/list\",\"params\":{{\"cursor\":\"{cursor}\"}}", StringComparison.Ordinal))).GetProperty("result");

    private async Task FaultAsync(object fault)
    {
        using var reply = await sandbox.Admin.PostAsJsonAsync("/faults", fault);
        reply.StatusCode.ShouldBe(HttpStatusCode.NoContent, await reply.Content.ReadAsStringAsync());
    }
}
