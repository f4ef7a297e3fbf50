using System.Net;
using System.Text.Json;
using ClariBI.Connection.Tests.Hosting;

namespace ClariBI.Connection.Tests.Fleets;

/// <summary>What a vendor does to single calls, by the sandbox's faults: what the person is told, and what the vendor's log saw.</summary>
[Collection("fleet")]
public sealed class CallFaultTests(Fleet fleet) : IAsyncLifetime
{
    private readonly Person ada = new(fleet);

    public async ValueTask InitializeAsync() => await fleet.ResetVendorAsync();

    public async ValueTask DisposeAsync()
    {
        ada.Dispose();
        await fleet.ResetVendorAsync();
    }

    [Fact]
    public async Task P04_A_session_that_the_vendor_forgot_is_opened_once_more_and_the_calls_are_sent_again()
    {
        var source = await ConnectedAsync(replica: 2);
        await fleet.FaultAsync(new { kind = "lost_session", count = 1 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => ada.ReadAsync(source, replica: 2, $"word {number}")));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK, answers[0].Body.ToString());
        (await fleet.CountRpcAsync("initialize")).ShouldBe(1);
        (await fleet.CountAsync("tool")).ShouldBe(6);
        (await StateAsync(source)).ShouldBe("connected");
    }

    [Fact]
    public async Task P05b_A_list_whose_cursor_never_ends_is_given_up_and_nothing_else_breaks()
    {
        var source = await ConnectedAsync(replica: 1);
        await fleet.FaultAsync(new { kind = "endless_pages" });

        var (status, body) = await ada.ReadAsync(source, replica: 3);

        status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.BadGateway);
        if (status == HttpStatusCode.BadGateway)
        {
            body.GetProperty("detail").GetString()!.ShouldContain("pages");
        }

        (await fleet.CountRpcAsync("tools/list")).ShouldBeInRange(2, 200);
        await fleet.FaultAsync(new { kind = "none" });
        (await ada.ReadAsync(source, replica: 3)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task P13_Every_replica_has_a_session_of_its_own_and_keeps_it()
    {
        var source = await ada.ConnectAsync();
        await fleet.ForgetRequestsAsync();

        for (var call = 0; call < 3 * Fleet.Replicas; call++)
        {
            (await ada.ReadAsync(source, call, $"word {call}")).Status.ShouldBe(HttpStatusCode.OK);
        }

        var sessions = await SessionsAsync();
        sessions.Distinct().Count().ShouldBe(Fleet.Replicas);
        sessions.CountBy(session => session).ShouldAllBe(session => session.Value == 3);
        (await fleet.CountRpcAsync("initialize")).ShouldBeLessThanOrEqualTo(Fleet.Replicas);
    }

    [Fact]
    public async Task P15_R15_A_result_of_50_MB_is_refused_with_a_size_and_the_replica_lives_on()
    {
        var source = await ConnectedAsync();

        var (status, body) = await ada.ReadAsync(source, word: "fault:oversized");

        status.ShouldBe(HttpStatusCode.RequestEntityTooLarge, body.ToString());
        body.GetProperty("type").GetString().ShouldBe("result-too-large");
        (await ada.ReadAsync(source, word: "after")).Status.ShouldBe(HttpStatusCode.OK);
        (await StateAsync(source)).ShouldBe("connected");
    }

    [Fact]
    public async Task R20_A_tool_that_is_gone_is_told_as_gone_after_a_look_at_the_new_list()
    {
        var source = await ConnectedAsync();
        await fleet.FaultAsync(new { kind = "tool_removed", tool = "search_amp_entities", listed = false });

        var (status, body) = await ada.ReadAsync(source, word: "gone");

        status.ShouldBe(HttpStatusCode.NotFound, body.ToString());
        body.GetProperty("type").GetString().ShouldBe("tool-not-found");
        (await fleet.CountRpcAsync("tools/list")).ShouldBeGreaterThanOrEqualTo(1);
        (await StateAsync(source)).ShouldBe("connected");
    }

    [Fact]
    public async Task R22_A_short_limit_is_waited_for_and_a_long_one_is_told_with_its_wait()
    {
        var source = await ConnectedAsync();
        await fleet.FaultAsync(new { kind = "rate_limited", count = 1, retryAfter = 1 });

        (await ada.ReadAsync(source, word: "short")).Status.ShouldBe(HttpStatusCode.OK);

        (await Statuses("tools/call")).ShouldBe([429, 200]);
        await fleet.ForgetRequestsAsync();
        await fleet.FaultAsync(new { kind = "rate_limited", count = 1, retryAfter = 300 });
        using var limited = await ada.RawAsync(
            HttpMethod.Post, $"/api/data-sources/{source}/calls", new { tool = "search_amp_entities", arguments = new { queries = new[] { "long" }, rationale = "test" } }, 0);
        limited.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        limited.Headers.RetryAfter!.Delta!.Value.ShouldBe(TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(10));
        (await Statuses("tools/call")).ShouldBe([429]);
    }

    [Fact]
    public async Task Fresh_token_still_401_is_degraded_with_few_renewals_and_comes_back_without_a_person()
    {
        var source = await ConnectedAsync();
        await fleet.FaultAsync(new { kind = "unauthorized" });

        for (var replica = 0; replica < Fleet.Replicas; replica++)
        {
            var (status, body) = await ada.ReadAsync(source, replica, $"word {replica}");
            status.ShouldBe(HttpStatusCode.BadGateway, body.ToString());
            body.GetProperty("detail").GetString()!.ShouldContain("just renewed");
        }

        // The pause after each is the vault's, so that all replicas together renew as seldom as one.
        (await fleet.RequestsAsync("/token")).Count.ShouldBeInRange(1, 5);
        (await ada.GetAsync($"/api/data-sources/{source}")).GetProperty("stateCode").GetString().ShouldBe("access_refused");
        await fleet.FaultAsync(new { kind = "none" });
        await Testing.Eventually.GetAsync(
            async () => (await ada.ReadAsync(source, replica: 2)).Status, status => status == HttpStatusCode.OK, TimeSpan.FromSeconds(60), "the recovery without a person");
        (await StateAsync(source)).ShouldBe("connected");
    }

    [Fact]
    public async Task Refused_with_403_twice_is_an_answer_and_no_lost_connection()
    {
        var source = await ConnectedAsync();
        await fleet.FaultAsync(new { kind = "forbidden", count = 2 });

        for (var attempt = 0; attempt < 2; attempt++)
        {
            var (status, body) = await ada.ReadAsync(source, word: $"refused {attempt}");
            status.ShouldNotBe(HttpStatusCode.Conflict, body.ToString());
        }

        (await fleet.RequestsAsync("/token")).ShouldBeEmpty("a new token would not help");
        (await ada.ReadAsync(source, word: "third")).Status.ShouldBe(HttpStatusCode.OK);
        (await StateAsync(source)).ShouldBe("connected");
    }

    [Fact]
    public async Task A_definition_that_changed_between_list_and_call_is_not_called_on_any_replica()
    {
        var source = await ConnectedAsync(replica: 2);
        await fleet.FaultAsync(new { kind = "tool_changed", tool = "search_amp_entities" });

        // Replica 2 works on the list from before: the vendor misses the new field, and the tool is judged anew.
        foreach (var replica in new[] { 2, 2, 3 })
        {
            var (status, body) = await ada.ReadAsync(source, replica, "changed");
            status.ShouldBe(HttpStatusCode.Forbidden, body.ToString());
        }

        var tool = (await ada.GetAsync($"/api/data-sources/{source}/tools", replica: 1)).GetProperty("tools").EnumerateArray()
            .Single(row => row.GetProperty("name").GetString() == "search_amp_entities");
        (tool.GetProperty("verdict").GetString(), tool.GetProperty("change").GetString()).ShouldBe(("refused", "changed"), "it says by now that it writes");
        tool.GetProperty("changes").GetArrayLength().ShouldBeGreaterThan(0);
    }

    private async Task<string> ConnectedAsync(int replica = 0)
    {
        var source = await ada.ConnectAsync();
        (await ada.ReadAsync(source, replica)).Status.ShouldBe(HttpStatusCode.OK);
        await fleet.ForgetRequestsAsync();
        return source;
    }

    private async Task<List<string>> SessionsAsync() =>
        [.. (await fleet.RequestsAsync("/mcp")).Where(seen => seen.GetProperty("kind").GetString() == "tool").Select(seen => seen.GetProperty("session").GetString()!)];

    private async Task<List<int>> Statuses(string rpcMethod) =>
        [.. (await fleet.RequestsAsync("/mcp")).Where(seen => seen.TryGetProperty("rpcMethod", out var rpc) && rpc.GetString() == rpcMethod)
            .Select(seen => seen.GetProperty("status") is { ValueKind: JsonValueKind.Number } status ? status.GetInt32() : 0)];

    private async Task<string?> StateAsync(string source) => (await ada.GetAsync($"/api/data-sources/{source}", replica: 1)).GetProperty("state").GetString();
}
