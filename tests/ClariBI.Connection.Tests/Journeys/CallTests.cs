using System.Text.Json.Nodes;
using ClariBI.Connector.Tests.Calls;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.Connector;
using ClariBI.Testing;

namespace ClariBI.Connection.Tests.Journeys;

/// <summary>Calls and sessions, on a vendor that is written by hand and answers as a test wants it.</summary>
public sealed class CallTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new() { Settings = { ["Connector:CallIdle"] = "00:00:02" } };
    private readonly TaskCompletionSource release = new();
    private VendorTap tap = null!;

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        tap = new VendorTap(host.Vendor);
    }

    public ValueTask DisposeAsync()
    {
        release.TrySetResult();
        return host.DisposeAsync();
    }

    [Fact]
    public async Task P11_Who_stops_waiting_stops_the_call_at_the_vendor()
    {
        var bench = await CallBench.ConnectAsync(host);
        await bench.CompletedAsync();
        var aborted = new TaskCompletionSource();
        host.Vendor.OnCall = async (context, _) =>
        {
            context.RequestAborted.Register(() => aborted.TrySetResult());
            await release.Task;
            return false;
        };

        (await bench.FailedAsync(CallBench.Plain, timeout: TimeSpan.FromMilliseconds(600))).Reason.ShouldBe(ToolCallFailure.TimedOut);

        await aborted.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await Eventually.GetAsync(() => Task.FromResult(tap.Rpc("notifications/cancelled").Count), count => count == 1);
    }

    [Theory]
    [InlineData("""{"total":7}""", true)]
    [InlineData("""{"total":"seven"}""", false)]
    [InlineData("""{}""", false)]
    public async Task P16_A_result_that_is_not_of_the_published_form_is_not_passed_on(string structured, bool valid)
    {
        Tool(CallBench.Idempotent)["outputSchema"] = JsonNode.Parse("""{"type":"object","required":["total"],"properties":{"total":{"type":"integer"}}}""");
        var bench = await CallBench.ConnectAsync(host);
        bench.Answers(new JsonObject { ["content"] = new JsonArray(), ["structuredContent"] = JsonNode.Parse(structured) });

        if (valid)
        {
            (await bench.CompletedAsync()).Text.ShouldBe(structured);
            return;
        }

        (await bench.FailedAsync()).Message.ShouldContain("form");
        (await bench.SourceAsync()).GetProperty("state").GetString().ShouldBe("connected");
    }

    [Fact]
    public async Task P17_R16_Silence_has_an_end_progress_moves_it_and_the_calls_time_is_the_last_word()
    {
        var bench = await CallBench.ConnectAsync(host);
        await bench.CompletedAsync();
        host.Vendor.OnCall = async (context, request) =>
        {
            // Longer than the silence that is borne, in steps that are far shorter.
            var began = TimeProvider.System.GetTimestamp();
            for (var step = 1; TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(3); step++)
            {
                await TestVendor.ProgressAsync(context, request, step);
                await Task.Delay(50);
            }

            return false;
        };
        await bench.CompletedAsync(CallBench.Plain);
        tap.Rpc("tools/call")[^1].Json["params"]!["_meta"]!["progressToken"].ShouldNotBeNull();

        host.Vendor.OnCall = async (context, request) =>
        {
            for (var step = 1; !context.RequestAborted.IsCancellationRequested && step < 600; step++)
            {
                await TestVendor.ProgressAsync(context, request, step);
                await Task.Delay(50);
            }

            return false;
        };
        var started = TimeProvider.System.GetTimestamp();
        (await bench.FailedAsync(CallBench.Plain, """{"n":1}""", TimeSpan.FromSeconds(4))).Reason.ShouldBe(ToolCallFailure.TimedOut);
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(15), "progress without end does not move the absolute end");

        host.Vendor.OnCall = async (_, _) =>
        {
            await release.Task;
            return false;
        };
        (await bench.FailedAsync(CallBench.Plain, """{"n":2}""", TimeSpan.FromSeconds(40))).Reason.ShouldBe(ToolCallFailure.TimedOut);
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(35), "silence ends it sooner");
    }

    [Fact]
    public async Task P18_The_server_is_offered_neither_sampling_nor_roots()
    {
        var bench = await CallBench.ConnectAsync(host);
        await bench.CompletedAsync();

        var offered = tap.Rpc("initialize").Select(request => request.Json["params"]!["capabilities"]!.AsObject()).ToList();
        offered.ShouldNotBeEmpty();
        offered.ShouldAllBe(capabilities => !capabilities.ContainsKey("sampling") && !capabilities.ContainsKey("roots"));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task R06_However_many_meet_a_lost_session_one_new_one_is_opened(int status)
    {
        var bench = await CallBench.ConnectAsync(host);
        await bench.CompletedAsync();
        var before = host.Vendor.Initializations;
        host.Vendor.OnUnknownSession = (context, _) =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };
        host.Vendor.ForgetSessions();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(call => bench.CompletedAsync(arguments: $$"""{"n":{{call}}}""")));

        (host.Vendor.Initializations - before).ShouldBe(1);
    }

    [Fact]
    public async Task R06_After_connecting_again_the_old_session_is_not_used_with_the_new_token()
    {
        var bench = await CallBench.ConnectAsync(host);
        await bench.CompletedAsync();
        var before = host.Vendor.Initializations;

        await bench.Person.FinishAsync(await bench.Person.AuthorizeAsync(bench.Id));
        await bench.CompletedAsync();

        host.Vendor.Initializations.ShouldBeGreaterThan(before);
    }

    [Fact]
    public async Task R17_All_pages_are_read_an_empty_cursor_is_a_cursor_and_one_that_stands_still_ends_the_list()
    {
        var bench = await CallBench.ConnectAsync(host);
        var all = host.Vendor.Tools;
        host.Vendor.OnList = request => (string?)request["params"]?["cursor"] switch
        {
            null => Page(all.Take(1), ""),
            "" => Page(all.Skip(1).Take(2), "next"),
            _ => Page(all.Skip(3), "next"),
        };
        host.Clock.Forward(TimeSpan.FromMinutes(6));
        var before = host.Vendor.Lists;

        await bench.CompletedAsync(CallBench.Plain);

        (host.Vendor.Lists - before).ShouldBe(3, "and not once more for the cursor that stands still");
    }

    [Theory]
    [InlineData("Rate limit exceeded. Retry after 1 seconds.", true)]
    [InlineData("""{"error":"rate_limit_exceeded","retry_after":1}""", false)]
    public async Task Rate_limit_inside_200_is_waited_for_like_a_429(string text, bool isError)
    {
        var bench = await CallBench.ConnectAsync(host);
        var before = tap.Rpc("tools/call").Count;
        bench.Answers(TestVendor.Text(text, isError));

        (await bench.CompletedAsync()).Text.ShouldBe("""{"success":true}""");

        (tap.Rpc("tools/call").Count - before).ShouldBe(2);
    }

    [Fact]
    public async Task R22_What_is_not_known_to_be_idempotent_is_not_sent_twice()
    {
        var bench = await CallBench.ConnectAsync(host);
        var before = tap.Rpc("tools/call").Count;
        bench.Answers(502, 502);

        (await bench.FailedAsync(CallBench.Plain)).Reason.ShouldBe(ToolCallFailure.VendorUnavailable);
        (tap.Rpc("tools/call").Count - before).ShouldBe(1);
    }

    [Fact]
    public async Task R18_Every_tool_has_a_name_that_a_model_takes_and_is_called_by_its_own()
    {
        var longName = "get_" + new string('x', 100);
        host.Vendor.Tools.Add(Reading("charts/get.one"));
        host.Vendor.Tools.Add(Reading(longName + "1"));
        host.Vendor.Tools.Add(Reading(longName + "2"));
        var bench = await CallBench.ConnectAsync(host);

        var tools = ((ToolList)(await host.AskAsync<ListTools, ToolList, ToolCallFailed>(
            new ListTools(bench.Person.Caller.WorkspaceId, bench.Id), TestContext.Current.CancellationToken)).Message).Tools;

        tools.ShouldAllBe(tool => System.Text.RegularExpressions.Regex.IsMatch(tool.ModelName, @"\A[A-Za-z0-9_-]{1,64}\z"));
        tools.Select(tool => tool.ModelName).Distinct().Count().ShouldBe(tools.Count);
        tools.Count(tool => tool.Name.StartsWith("get_xxx", StringComparison.Ordinal)).ShouldBe(2);
        await bench.CompletedAsync(longName + "2");
        ((string?)host.Vendor.Calls.Last()["name"]).ShouldBe(longName + "2");
    }

    [Fact]
    public async Task R19_One_bad_schema_sets_its_tool_aside_and_no_other()
    {
        var bad = Reading("get_charts");
        bad["inputSchema"] = JsonNode.Parse("""{"type":"object","properties":{"a":{"$ref":"https://elsewhere.example/x"}}}""");
        host.Vendor.Tools.Insert(0, bad);
        var bench = await CallBench.ConnectAsync(host);

        (await bench.FailedAsync("get_charts")).Reason.ShouldBe(ToolCallFailure.RefusedByPolicy);
        await bench.CompletedAsync();
        var page = (await bench.Person.SendAsync(HttpMethod.Get, $"/api/data-sources/{bench.Id}/tools")).Body.GetProperty("tools").EnumerateArray().ToList();
        var tool = page.Single(row => row.GetProperty("name").GetString() == "get_charts");
        tool.GetProperty("verdict").GetString().ShouldBe("quarantined");
        tool.GetProperty("reason").GetString()!.ShouldContain("schema");
    }

    private JsonObject Tool(string name) => host.Vendor.Tools.Single(tool => (string?)tool!["name"] == name)!.AsObject();

    private static JsonObject Reading(string name) => new()
    {
        ["name"] = name,
        ["inputSchema"] = new JsonObject { ["type"] = "object" },
        ["annotations"] = new JsonObject { ["readOnlyHint"] = true, ["destructiveHint"] = false },
    };

    private static JsonObject Page(IEnumerable<JsonNode?> tools, string next) =>
        new() { ["tools"] = new JsonArray([.. tools.Select(tool => tool!.DeepClone())]), ["nextCursor"] = next };
}
