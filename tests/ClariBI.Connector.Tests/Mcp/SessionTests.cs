using System.Text.Json.Nodes;
using ClariBI.Connector.Tests.Calls;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.Connector;
using ClariBI.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Connector.Tests.Mcp;

public sealed class SessionTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new() { Settings = { ["Connector:MostSessions"] = "2", ["Connector:CallIdle"] = "00:00:02" } };

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    public static TheoryData<string> Losses => ["404", "410", "400", "200", "400-json"];

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task However_a_server_says_that_it_forgot_the_session_a_new_one_is_opened_once(string way)
    {
        var bench = await CallBench.ConnectAsync(host);
        await bench.CompletedAsync();
        var before = host.Vendor.Initializations;
        host.Vendor.OnUnknownSession = (context, request) => Refuse(way, context, request);
        host.Vendor.ForgetSessions();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(call => bench.CompletedAsync(CallBench.Idempotent, $$"""{"n":{{call}}}""")));

        host.Vendor.Initializations.ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_session_bound_to_an_older_token_is_replaced_before_a_person_is_asked()
    {
        var bench = await CallBench.ConnectAsync(host);
        await bench.CompletedAsync();
        var opened = host.Vendor.Initializations;

        // The server takes the new token for new sessions only.
        host.Vendor.AccessTokens.Clear();
        host.Vendor.OnCall = (context, _) =>
        {
            context.Response.StatusCode = host.Vendor.Initializations == opened ? 401 : 200;
            return Task.FromResult(host.Vendor.Initializations == opened);
        };

        await bench.CompletedAsync();

        host.Vendor.Refreshes.ShouldBe(1);
    }

    [Fact]
    public async Task A_fresh_token_that_is_rejected_is_renewed_twice_more_within_the_call_and_then_later()
    {
        var bench = await CallBench.ConnectAsync(host);
        await bench.CompletedAsync();
        var refreshes = host.Vendor.Refreshes;
        host.Vendor.Faults["/mcp"] = System.Net.HttpStatusCode.Unauthorized;

        var failed = await bench.FailedAsync();

        (failed.Reason, failed.Code).ShouldBe((ToolCallFailure.VendorUnavailable, "access_refused"));
        failed.RetryAfter.ShouldNotBeNull();
        (host.Vendor.Refreshes - refreshes).ShouldBeInRange(1, 3);
    }

    [Fact]
    public async Task Sessions_are_ended_at_the_server_and_never_shared()
    {
        var one = await CallBench.ConnectAsync(host);
        var two = await CallBench.ConnectAsync(host);
        await one.CompletedAsync();
        var ended = host.Vendor.Ended.Count;
        var before = host.Vendor.Initializations;

        await two.CompletedAsync();
        host.Vendor.Initializations.ShouldBe(before + 1);
        (await one.Person.SendAsync(HttpMethod.Post, $"/api/data-sources/{one.Id}/disconnect")).Status.ShouldBe(System.Net.HttpStatusCode.OK);

        await Eventually.GetAsync(() => Task.FromResult(host.Vendor.Ended.Count), count => count == ended + 1);
    }

    [Fact]
    public async Task Calls_under_way_come_to_their_end_when_their_session_is_given_up()
    {
        var bench = await CallBench.ConnectAsync(host);
        var release = new TaskCompletionSource();
        host.Vendor.OnCall = async (_, _) =>
        {
            await release.Task;
            return false;
        };
        var (calls, ended) = (host.Vendor.Calls.Count, host.Vendor.Ended.Count);
        var call = bench.CompletedAsync();
        await Eventually.GetAsync(() => Task.FromResult(host.Vendor.Calls.Count), count => count == calls + 1);

        await host.Services.GetRequiredService<ClariBI.Connector.Mcp.McpSessions>().CloseAsync(bench.Id);
        host.Vendor.Ended.Count.ShouldBe(ended);
        release.SetResult();

        (await call).VendorIsError.ShouldBeFalse();
        await Eventually.GetAsync(() => Task.FromResult(host.Vendor.Ended.Count), count => count == ended + 1);
        host.Vendor.OnCall = null;
        await bench.CompletedAsync();
    }

    [Fact]
    public async Task The_session_that_was_idle_for_the_longest_makes_room()
    {
        CallBench[] benches = [await CallBench.ConnectAsync(host), await CallBench.ConnectAsync(host), await CallBench.ConnectAsync(host)];
        var ended = host.Vendor.Ended.Count;
        foreach (var bench in benches)
        {
            await bench.CompletedAsync();
        }

        await Eventually.GetAsync(() => Task.FromResult(host.Vendor.Ended.Count), count => count == ended + 1);
        var before = host.Vendor.Initializations;
        await benches[2].CompletedAsync();
        host.Vendor.Initializations.ShouldBe(before);
    }

    [Fact]
    public async Task Progress_keeps_a_long_call_alive()
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

        (await bench.CompletedAsync(CallBench.Plain)).Text.ShouldBe("""{"success":true}""");
    }

    [Fact]
    public async Task Silence_ends_a_call_before_its_time_is_over()
    {
        var bench = await CallBench.ConnectAsync(host);
        await bench.CompletedAsync();
        var release = new TaskCompletionSource();
        host.Vendor.OnCall = async (_, _) =>
        {
            await release.Task;
            return false;
        };
        var started = TimeProvider.System.GetTimestamp();

        (await bench.FailedAsync(CallBench.Plain, timeout: TimeSpan.FromSeconds(50))).Reason.ShouldBe(ToolCallFailure.TimedOut);

        release.SetResult();
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_missing_scope_is_remembered_once_and_the_account_lives()
    {
        var bench = await CallBench.ConnectAsync(host);
        host.Vendor.OnCall = (context, _) =>
        {
            context.Response.StatusCode = 403;
            context.Response.Headers.WWWAuthenticate = """Bearer realm="a, b", error="insufficient_scope", scope="mcp:people mcp:read", error_description="more" """;
            return Task.FromResult(true);
        };

        var failed = await bench.FailedAsync();
        await bench.FailedAsync();

        failed.Reason.ShouldBe(ToolCallFailure.InsufficientScope);
        failed.Message.ShouldContain("mcp:people");
        await using var scope = host.Services.CreateAsyncScope();
        var source = await scope.ServiceProvider.GetRequiredService<Data.ConnectorDbContext>().DataSources.FindAsync([bench.Id], TestContext.Current.CancellationToken);
        source!.ChallengedScope.ShouldBe("mcp:people mcp:read");
        host.Vendor.OnCall = null;
        await bench.CompletedAsync();
    }

    private static Task Refuse(string way, HttpContext context, JsonObject request)
    {
        switch (way)
        {
            case "200":
                return TestVendor.ErrorAsync(context, request, -32001, "Session not found");
            case "400-json":
                context.Response.StatusCode = 400;
                return TestVendor.ErrorAsync(context, request, -32000, "Bad Request: No valid session ID provided");
            case "400":
                context.Response.StatusCode = 400;
                return context.Response.WriteAsync("The session has expired.");
            default:
                context.Response.StatusCode = int.Parse(way, System.Globalization.CultureInfo.InvariantCulture);
                return Task.CompletedTask;
        }
    }
}
