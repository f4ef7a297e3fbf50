using System.Text.Json.Nodes;
using ClariBI.Connector.Tests.Authorizations;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Testing;
using Microsoft.AspNetCore.Http;

namespace ClariBI.Connector.Tests.Mcp;

public sealed class EraTests : IAsyncLifetime
{
    private RuleHost host = null!;

    public async ValueTask InitializeAsync() => host = await RuleHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData(200, """{"jsonrpc":"2.0","id":{id},"result":{}}""")]
    [InlineData(200, """{"jsonrpc":"2.0","id":{id},"error":{"code":-32601,"message":"Method not found"}}""")]
    [InlineData(202, "")]
    [InlineData(400, "")]
    [InlineData(404, "")]
    [InlineData(405, "")]
    [InlineData(406, "")]
    [InlineData(422, "")]
    [InlineData(500, "")]
    public async Task A_server_of_an_older_revision_is_understood_whatever_it_makes_of_the_newest_probe(int status, string body)
    {
        host.Vendor.DiscoverAnswer = (status, body);

        var authorization = await host.AuthorizeAsync(host.Connector.A());

        authorization.GetProperty("status").GetString().ShouldBe("authorized", authorization.ToString());
    }

    [Fact]
    public async Task A_server_of_the_newest_revision_that_is_slow_at_first_is_understood_all_the_same()
    {
        host.Vendor.Open = true;
        var asked = 0;
        host.Vendor.OnMessage = async (context, request) =>
        {
            switch ((string?)request["method"])
            {
                case "server/discover":
                    if (Interlocked.Increment(ref asked) == 1)
                    {
                        // Longer than the probe waits.
                        await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                        return;
                    }

                    await TestVendor.ReplyAsync(context, request, new JsonObject
                    {
                        ["supportedVersions"] = new JsonArray("2026-07-28"),
                        ["capabilities"] = new JsonObject { ["tools"] = new JsonObject() },
                        ["serverInfo"] = new JsonObject { ["name"] = "new", ["version"] = "1" },
                    });
                    break;
                case "tools/list":
                    await TestVendor.ReplyAsync(context, request, new JsonObject { ["tools"] = new JsonArray(TestTools.Tool("get_context", readOnly: true, "read")) });
                    break;
                case "tools/call":
                    await TestVendor.ReplyAsync(context, request, TestVendor.Text(host.Vendor.Account.ToJsonString()));
                    break;
                default:
                    context.Response.StatusCode = 400;
                    break;
            }
        };

        var authorization = await host.AuthorizeAsync(host.Connector.A());

        authorization.GetProperty("status").GetString().ShouldBe("authorized", authorization.ToString());
        asked.ShouldBeGreaterThan(1, "the probe gave up on the first");
    }

    [Fact]
    public async Task What_worked_is_remembered()
    {
        host.Vendor.DiscoverAnswer = (500, "");
        await host.AuthorizeAsync(host.Connector.A());
        var probes = Probes();

        (await host.AuthorizeAsync(host.Connector.A())).GetProperty("status").GetString().ShouldBe("authorized");

        Probes().ShouldBe(probes, "the revision is known");
    }

    [Fact]
    public async Task A_question_outside_of_any_call_is_answered_where_the_catalogue_says_so()
    {
        host.Vendor.Answers["GET /mcp"] = async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(
                """
                event: message
                data: {"jsonrpc":"2.0","id":99,"method":"elicitation/create","params":{"message":"?","requestedSchema":{"type":"object","properties":{"name":{"type":"string","default":"John"}}}}}


                """);
            await context.Response.Body.FlushAsync();
            await Task.Delay(TimeSpan.FromSeconds(5), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };

        // The session is over once the tools are listed.
        Received? Answer() => host.Vendor.To("/mcp").Find(request => request.Json?["id"] is JsonValue id && id.TryGetValue<int>(out var number) && number == 99);
        host.Vendor.BeforeLists = () => Eventually.GetAsync(() => Task.FromResult(Answer()), found => found is not null);
        await host.AuthorizeAsync(host.Connector.A(), "asking");
        host.Vendor.BeforeLists = () => Task.CompletedTask;
        var answer = Answer();

        answer!.Json!["result"]!["content"]!["name"]!.GetValue<string>().ShouldBe("John");
        var opened = host.Vendor.To("/mcp").Count(request => request.Method == "GET");
        await host.AuthorizeAsync(host.Connector.A());
        host.Vendor.To("/mcp").Count(request => request.Method == "GET").ShouldBe(opened, "no stream where nothing is expected");
    }

    private int Probes() => host.Vendor.To("/mcp").Count(request => (string?)request.Json?["method"] == "server/discover");
}
