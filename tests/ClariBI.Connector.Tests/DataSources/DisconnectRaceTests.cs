using System.Net;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.Connector;
using ClariBI.Testing;
using MassTransit;

namespace ClariBI.Connector.Tests.DataSources;

public sealed class DisconnectRaceTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_reconnect_that_finishes_during_a_disconnect_leaves_no_live_access_at_the_vendor()
    {
        var person = host.A();
        var id = (await person.ConnectAsync()).GetProperty("id").GetGuid();
        var authorization = await person.AuthorizeAsync(id);
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Vendor.Intercept = async context =>
        {
            if (context.Request.Path == "/revoke")
            {
                reached.TrySetResult();
                await release.Task;
            }

            return false;
        };

        var disconnecting = person.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/disconnect");
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20), Ct);
        var finishing = person.FinishAsync(authorization);
        await Eventually.GetAsync(
            async () => (await person.SendAsync(HttpMethod.Get, $"/api/authorizations/{authorization.GetProperty("id").GetString()}")).Body.GetProperty("status").GetString(),
            status => status != "authorized");
        release.SetResult();
        await Task.WhenAll(disconnecting, finishing);

        (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}")).Body.GetProperty("state").GetString().ShouldBe("disconnected");
        await Eventually.GetAsync(() => Task.FromResult(host.Vendor.RefreshTokens.Count), count => count == 0, because: "The end of all access");
        host.Vendor.AccessTokens.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, 40)]
    [InlineData(true, 30)]
    public async Task Calls_under_way_are_answered_or_told_when_the_source_is_disconnected_or_connected_again(bool reconnect, int calls)
    {
        var person = host.A();
        var id = (await person.ConnectAsync()).GetProperty("id").GetGuid();
        var authorization = reconnect ? await person.AuthorizeAsync(id) : default;
        var (reached, release, sent) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        host.Vendor.OnCall = async (context, _) =>
        {
            // The first are answered; from then on all are under way until the change has got to the vendor, or is made.
            if (Interlocked.Increment(ref sent) >= 4)
            {
                reached.TrySetResult();
                await release.Task.WaitAsync(context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            }

            return false;
        };
        host.Vendor.Intercept = context =>
        {
            if (context.Request.Path == "/revoke")
            {
                release.TrySetResult();
            }

            return Task.FromResult(false);
        };
        var running = Enumerable.Range(0, calls).Select(turn => person.SendAsync(
            HttpMethod.Post, $"/api/data-sources/{id}/calls", new { tool = "query_amplitude_data", arguments = new { projectId = $"{turn}" } })).ToList();
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20), Ct);

        var changed = reconnect ? await person.FinishAsync(authorization) : await person.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/disconnect");
        release.TrySetResult();

        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Body.ToString());
        var answers = await Task.WhenAll(running).WaitAsync(TimeSpan.FromSeconds(30), Ct);
        answers.Where(answer => answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Conflict)).Select(answer => answer.Body.ToString()).ShouldBeEmpty();
        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_reconnect_of_what_was_deleted_is_given_back()
    {
        var person = host.A();
        var id = (await person.ConnectAsync()).GetProperty("id").GetGuid();
        var authorization = await person.AuthorizeAsync(id);
        await person.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/disconnect");
        (await person.SendAsync(HttpMethod.Delete, $"/api/data-sources/{id}")).Status.ShouldBe(HttpStatusCode.NoContent);

        var (status, body) = await person.FinishAsync(authorization);

        (status, body.GetProperty("type").GetString()).ShouldBe((HttpStatusCode.NotFound, "data-source-not-found"));
        host.Vendor.RefreshTokens.ShouldBeEmpty();
        (await person.SendAsync(HttpMethod.Get, "/api/data-sources")).Body.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Two_accounts_of_one_vendor_never_mix()
    {
        var person = host.A();
        var first = (await person.FinishAsync(await person.AuthorizeAsync(), "First")).Body.GetProperty("id").GetGuid();
        var tokens = host.Vendor.AccessTokens.Keys.ToHashSet();
        var second = (await person.FinishAsync(await person.AuthorizeAsync(), "Second")).Body.GetProperty("id").GetGuid();
        var (firstToken, secondToken) = (tokens.Single(), host.Vendor.AccessTokens.Keys.Single(token => !tokens.Contains(token)));
        var seen = new System.Collections.Concurrent.ConcurrentBag<(string Token, string Session, string Project)>();
        host.Vendor.OnCall = async (context, request) =>
        {
            seen.Add((
                context.Request.Headers.Authorization.ToString()["Bearer ".Length..], context.Request.Headers["Mcp-Session-Id"].ToString(),
                (string)request["params"]!["arguments"]!["projectId"]!));
            await TestVendor.ReplyAsync(context, request, TestVendor.Text((string)request["params"]!["arguments"]!["projectId"]!));
            return true;
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async turn =>
        {
            var (id, project) = turn % 2 == 0 ? (first, "first") : (second, "second");
            var answer = await host.AskAsync<CallTool, ToolCallCompleted, ToolCallFailed>(
                new CallTool(person.Caller.WorkspaceId, id, "query_amplitude_data", $$"""{"projectId":"{{project}}"}""", null, "Ada", TimeSpan.FromSeconds(30)), Ct);
            answer.Is(out Response<ToolCallCompleted>? completed).ShouldBeTrue();
            return (Expected: project, completed!.Message.Text, completed.Message.DataSource.Name);
        }));

        answers.ShouldAllBe(answer => answer.Text == answer.Expected && answer.Name.Equals(answer.Expected, StringComparison.OrdinalIgnoreCase));
        seen.Where(call => call.Project == "first").ShouldAllBe(call => call.Token == firstToken);
        seen.Where(call => call.Project == "second").ShouldAllBe(call => call.Token == secondToken);
        seen.Select(call => (call.Session, call.Project)).Distinct().Count().ShouldBe(seen.Select(call => call.Session).Distinct().Count());

        await person.SendAsync(HttpMethod.Post, $"/api/data-sources/{first}/disconnect");
        host.Vendor.AccessTokens.Keys.ShouldBe([secondToken]);
        (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{second}")).Body.GetProperty("state").GetString().ShouldBe("connected");
    }
}
