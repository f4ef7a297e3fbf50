using System.Net;
using System.Text.Json.Nodes;
using ClariBI.Connector.Tests.Hosting;
using Microsoft.AspNetCore.Http;

namespace ClariBI.Connector.Tests.Authorizations;

/// <summary>Servers that list their tools to anybody, in a way that nobody could use.</summary>
public sealed class UnusableListTests : IAsyncLifetime
{
    private RuleHost host = null!;

    private RuleVendor Vendor => host.Vendor;

    public static TheoryData<string, string> Ways => new()
    {
        { "broken", "cannot be read" },
        { "empty", "cannot be read" },
        { "no list", "cannot be read" },
        { "null", "cannot be read" },
        { "no tools", "cannot be read" },
        { "huge", "larger than 1 MB" },
        { "endless", "more than 2,000 tools or 200 pages" },
        { "many", "more than 2,000 tools or 200 pages" },
    };

    public async ValueTask InitializeAsync() => host = await RuleHost.StartAsync(("Outbound:MaximumResponseBytes", $"{1024 * 1024}"));

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task It_is_told_what_is_wrong_with_the_list_and_not_with_signing_in(string way, string says)
    {
        (Vendor.Open, Vendor.OnList) = (true, List(way));
        Vendor.Withdraw("/.well-known/oauth-protected-resource/mcp");

        var (status, problem) = await host.StartAsync(host.Connector.A());

        status.ShouldBe(HttpStatusCode.BadGateway, problem.ToString());
        problem.GetProperty("title").GetString()!.ShouldEndWith("cannot be used.");
        problem.GetProperty("detail").GetString()!.ShouldContain(says);
    }

    [Fact]
    public async Task One_that_also_says_how_to_sign_in_is_signed_in_to()
    {
        (Vendor.Open, Vendor.OnList) = (true, List("broken"));

        (await host.QueryAsync(host.Connector.A()))["resource"].ShouldBe(Vendor.Server);
    }

    [Fact]
    public async Task After_consent_it_is_told_as_well()
    {
        Vendor.OnList = List("many");

        var authorization = await host.AuthorizeAsync(host.Connector.A());

        authorization.GetProperty("status").GetString().ShouldBe("failed");
        authorization.ToString().ShouldContain("more than 2,000 tools");
    }

    [Theory]
    [InlineData("cut", "it broke off. Try again; if it happens again, tell the vendor.")]
    [InlineData("no list", "it does not follow the protocol. Tell the vendor.")]
    public async Task What_broke_off_is_tried_again_and_what_is_wrong_is_for_the_vendor(string way, string says)
    {
        Vendor.OnList = List(way);

        var authorization = await host.AuthorizeAsync(host.Connector.A());

        authorization.GetProperty("failure").GetProperty("detail").GetString()!.ShouldEndWith(says);
    }

    private static Func<HttpContext, JsonObject, Task> List(string way)
    {
        var page = 0;
        return (context, request) => way switch
        {
            "broken" => WriteAsync(context, $$"""{"jsonrpc":"2.0","id":{{request["id"]!.ToJsonString()}},"result":{"tools":["""),
            "empty" => WriteAsync(context, ""),
            "cut" => CutAsync(context),
            "no list" => TestVendor.ReplyAsync(context, request, new JsonObject { ["tools"] = "none" }),
            "null" => TestVendor.ReplyAsync(context, request, new JsonObject { ["tools"] = null }),
            "no tools" => TestVendor.ReplyAsync(context, request, new JsonObject { ["tools"] = new JsonArray(1, null, "x") }),
            "huge" => WriteAsync(context, new string(' ', 2 * 1024 * 1024)),
            "endless" => TestVendor.ReplyAsync(context, request, Page(1, $"{++page}")),
            _ => TestVendor.ReplyAsync(context, request, Page(2001, null)),
        };
    }

    private static JsonObject Page(int tools, string? next)
    {
        var page = new JsonObject { ["tools"] = new JsonArray([.. Enumerable.Range(0, tools).Select(tool => TestTools.Tool($"get_{tool}", readOnly: true, "read"))]) };
        if (next is not null)
        {
            page["nextCursor"] = next;
        }

        return page;
    }

    /// <summary>An event stream that ends before its answer came.</summary>
    private static Task CutAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        return context.Response.WriteAsync("event: message\n");
    }

    private static Task WriteAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }
}
