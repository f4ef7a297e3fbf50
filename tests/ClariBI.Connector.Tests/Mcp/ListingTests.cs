using System.Text.Json.Nodes;
using ClariBI.Connector.Tests.Calls;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.Connector;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;

namespace ClariBI.Connector.Tests.Mcp;

public sealed class ListingTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new();

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task All_pages_are_read_also_behind_an_empty_cursor()
    {
        var all = host.Vendor.Tools;
        host.Vendor.OnList = request => (string?)request["params"]?["cursor"] switch
        {
            null => Page(all.Take(2), ""),
            "" => Page(all.Skip(2).Take(2), "last"),
            _ => Page(all.Skip(4), null),
        };
        var bench = await CallBench.ConnectAsync(host);

        await bench.CompletedAsync();
        await bench.CompletedAsync(CallBench.Plain);
    }

    [Fact]
    public async Task A_cursor_that_never_advances_ends_the_list()
    {
        host.Vendor.OnList = _ => Page(host.Vendor.Tools, "again");
        var bench = await CallBench.ConnectAsync(host);
        var before = host.Vendor.Lists;

        await bench.CompletedAsync();

        (host.Vendor.Lists - before).ShouldBe(2);
    }

    [Fact]
    public async Task A_list_without_end_fails_and_says_so()
    {
        var bench = await CallBench.ConnectAsync(host);
        var page = 0;
        host.Vendor.OnList = _ => Page(host.Vendor.Tools, $"{++page}");

        var failed = await bench.FailedAsync();

        failed.Reason.ShouldBe(ToolCallFailure.VendorUnavailable);
        failed.Message.ShouldContain("pages");
        page.ShouldBeLessThanOrEqualTo(200);
    }

    [Fact]
    public async Task Many_who_need_the_list_read_it_once()
    {
        var bench = await CallBench.ConnectAsync(host);
        var before = host.Vendor.Lists;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(call => bench.CompletedAsync(arguments: $$"""{"n":{{call}}}""")));

        (host.Vendor.Lists - before).ShouldBe(1);
    }

    [Fact]
    public async Task A_list_holds_as_long_as_the_server_says()
    {
        host.Vendor.OnList = _ =>
        {
            var page = Page(host.Vendor.Tools, null);
            page["ttlMs"] = 30_000;
            return page;
        };
        var bench = await CallBench.ConnectAsync(host);
        await bench.CompletedAsync();
        var before = host.Vendor.Lists;

        host.Clock.Forward(TimeSpan.FromSeconds(20));
        await bench.CompletedAsync();
        host.Vendor.Lists.ShouldBe(before);
        host.Clock.Forward(TimeSpan.FromSeconds(20));
        await bench.CompletedAsync();

        host.Vendor.Lists.ShouldBe(before + 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tool_that_changed_behind_the_list_is_judged_anew(bool asError)
    {
        var bench = await CallBench.ConnectAsync(host);
        await bench.CompletedAsync();
        host.Vendor.Tools.Single(tool => (string?)tool!["name"] == CallBench.Idempotent)!["annotations"]!["destructiveHint"] = true;
        host.Vendor.OnCall = async (context, request) =>
        {
            await (asError
                ? TestVendor.ErrorAsync(context, request, -32602, "Invalid params")
                : TestVendor.ReplyAsync(context, request, TestVendor.Text("MCP error -32602: Input validation error", isError: true)));
            return true;
        };
        var before = host.Vendor.Calls.Count;

        (await bench.FailedAsync()).Reason.ShouldBe(ToolCallFailure.RefusedByPolicy);

        host.Vendor.Calls.Count.ShouldBe(before + 1);
        (await bench.SourceAsync()).GetProperty("writesSent").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData("MCP error -32602: Tool query_amplitude_data not found", false)]
    [InlineData("Tool 'query_amplitude_data' not found", true)]
    [InlineData("Unknown tool: query_amplitude_data", true)]
    [InlineData("query_amplitude_data is not a known tool", true)]
    [InlineData("Tool query_amplitude_data no longer exists", true)]
    [InlineData("The tool query_amplitude_data could not be found", true)]
    public async Task A_tool_that_the_vendor_lists_and_does_not_have_is_named_as_gone_after_a_look_at_the_list(string text, bool isError)
    {
        var bench = await CallBench.ConnectAsync(host);
        await bench.CompletedAsync();
        var (lists, calls) = (host.Vendor.Lists, host.Vendor.Calls.Count);
        bench.Answers(TestVendor.Text(text, isError));

        var failed = await bench.FailedAsync();

        failed.Reason.ShouldBe(ToolCallFailure.ToolNotFound);
        failed.Message.ShouldContain("still lists query_amplitude_data");
        failed.Message.ShouldContain(text);
        (host.Vendor.Lists - lists, host.Vendor.Calls.Count - calls).ShouldBe((1, 1));
        (await bench.LogAsync())[0].GetProperty("outcome").GetString().ShouldBe("vendor_error");
        (await bench.SourceAsync()).GetProperty("state").GetString().ShouldBe("connected");
    }

    [Theory]
    [InlineData("Chart not found. Use the tool query_amplitude_data to find one.")]
    [InlineData("The tool that made this chart does not exist any more.")]
    [InlineData("Tool query_amplitude_data is available on the Growth plan only.")]
    [InlineData("Tool query_amplitude_data is not available on your plan.")]
    [InlineData("The tool query_amplitude_data is supported for admins.")]
    public async Task What_a_tool_does_not_find_is_its_answer(string text)
    {
        var bench = await CallBench.ConnectAsync(host);
        bench.Answers(TestVendor.Text(text, isError: true));

        (await bench.CompletedAsync()).Text.ShouldBe(text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_definition_that_is_nested_beyond_reading_is_set_aside_alone(bool asEvents)
    {
        var deep = TestTools.Tool("get_places", readOnly: true, "read");
        JsonNode nested = new JsonObject { ["type"] = "string" };
        for (var level = 0; level < 200; level++)
        {
            nested = new JsonObject { ["properties"] = new JsonObject { ["a"] = nested } };
        }

        deep["inputSchema"]!["properties"] = nested["properties"]!.DeepClone();
        host.Vendor.Tools.Insert(0, deep);
        host.Vendor.ListsAsEvents = asEvents;
        var bench = await CallBench.ConnectAsync(host);

        await bench.CompletedAsync();

        (await bench.FailedAsync("get_places")).Reason.ShouldBe(ToolCallFailure.RefusedByPolicy);
        var tools = (await bench.Person.SendAsync(HttpMethod.Get, $"/api/data-sources/{bench.Id}/tools")).Body.GetProperty("tools").EnumerateArray();
        tools.Single(tool => tool.GetProperty("name").GetString() == "get_places").GetProperty("reason").GetString()!.ShouldContain("nested too deeply");
    }

    [Fact]
    public async Task A_call_whose_headers_did_not_match_is_sent_again_by_a_new_list()
    {
        var bench = await CallBench.ConnectAsync(host);
        await bench.CompletedAsync();
        var lists = host.Vendor.Lists;
        bench.Answers((Func<HttpContext, JsonObject, Task>)((context, request) =>
            TestVendor.ErrorAsync(context, request, (int)McpErrorCode.HeaderMismatch, "Mcp-Param-Region is missing")));

        (await bench.CompletedAsync(CallBench.Plain)).VendorIsError.ShouldBeFalse();

        (host.Vendor.Lists - lists).ShouldBe(1);
        (await bench.LogAsync())[0].GetProperty("attempts").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_tool_with_a_header_that_cannot_be_is_left_out_alone()
    {
        host.Vendor.Tools.Add(TestTools.Tool("get_places", readOnly: true, "read", """{"region":{"type":"object","x-mcp-header":"Bad Name"}}"""));
        var bench = await CallBench.ConnectAsync(host);

        (await bench.FailedAsync("get_places")).Reason.ShouldBe(ToolCallFailure.ToolNotFound);
        await bench.CompletedAsync();
    }

    private static JsonObject Page(IEnumerable<JsonNode?> tools, string? next)
    {
        var page = new JsonObject { ["tools"] = new JsonArray([.. tools.Select(tool => tool!.DeepClone())]) };
        if (next is not null)
        {
            page["nextCursor"] = next;
        }

        return page;
    }
}
