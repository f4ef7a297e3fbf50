using System.Net;
using System.Text.Json;
using ClariBI.Connector.Data;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.Connector;
using ClariBI.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Connector.Tests.Calls;

public sealed class CallTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("create_cohort", "{}")]
    [InlineData("rename_chart", "{}")]
    [InlineData("get_amp_user_data", "{}")]
    [InlineData("use_amplitude_cohorts", """{"action":"create"}""")]
    [InlineData("use_amplitude_cohorts", "{}")]
    public async Task What_the_policy_refuses_never_leaves(string tool, string arguments)
    {
        var (person, id) = await ConnectAsync();
        var before = host.Vendor.Calls.Count;

        var failed = Failed(await CallAsync(person, id, tool, arguments));

        failed.Reason.ShouldBe(ToolCallFailure.RefusedByPolicy);
        host.Vendor.Calls.Count.ShouldBe(before);
        var call = (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/calls")).Body.EnumerateArray().First();
        call.GetProperty("outcome").GetString().ShouldBe("refused");
        call.GetProperty("tool").GetString().ShouldBe(tool);
        (await StateAsync(person, id)).GetProperty("writesSent").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_reading_action_of_a_mixed_tool_arrives_as_it_was_asked()
    {
        var (person, id) = await ConnectAsync();

        Completed(await CallAsync(person, id, "use_amplitude_cohorts", """{"action":"get","projectId":"1"}"""));

        host.Vendor.Calls.Last()["arguments"]!.ToJsonString().ShouldBe("""{"action":"get","projectId":"1"}""");
    }

    [Fact]
    public async Task A_forgotten_session_is_opened_again_once()
    {
        var (person, id) = await ConnectAsync();
        Completed(await CallAsync(person, id));
        var before = host.Vendor.Initializations;
        host.Vendor.ForgetSessions();

        Completed(await CallAsync(person, id));
        Completed(await CallAsync(person, id));

        host.Vendor.Initializations.ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_rejected_token_is_refreshed_once_and_the_call_sent_again()
    {
        var (person, id) = await ConnectAsync();
        host.Vendor.AccessTokens.Clear();

        Completed(await CallAsync(person, id));

        host.Vendor.Refreshes.ShouldBe(1);
        (await StateAsync(person, id)).GetProperty("grant").TryGetProperty("refreshedAt", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Access_withdrawn_at_the_vendor_shows_within_one_call()
    {
        var (person, id) = await ConnectAsync();
        host.Vendor.ForgetTokens();

        Failed(await CallAsync(person, id)).Reason.ShouldBe(ToolCallFailure.NeedsReauthorization);

        var source = await Eventually.GetAsync(
            () => StateAsync(person, id), seen => seen.GetProperty("state").GetString() == "needs_reauthorization");
        source.GetProperty("stateReason").GetString()!.ShouldNotBeEmpty();
        Failed(await CallAsync(person, id)).Reason.ShouldBe(ToolCallFailure.NeedsReauthorization);
        host.Vendor.Refreshes.ShouldBe(1);
    }

    [Fact]
    public async Task A_client_that_the_vendor_forgot_is_registered_anew_on_reconnecting()
    {
        var (person, id) = await ConnectAsync();
        host.Vendor.AccessTokens.Clear();
        host.Vendor.TokenError = "invalid_client";
        Failed(await CallAsync(person, id)).Reason.ShouldBe(ToolCallFailure.NeedsReauthorization);
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectorDbContext>();
        await Eventually.GetAsync(() => db.ClientRegistrations.CountAsync(Ct), count => count == 0);
        host.Vendor.TokenError = null;

        (await person.FinishAsync(await person.AuthorizeAsync(id))).Status.ShouldBe(HttpStatusCode.OK);

        host.Vendor.Registrations.ShouldBe(2);
    }

    [Fact]
    public async Task A_vendor_that_is_down_degrades_the_source_until_it_answers()
    {
        var (person, id) = await ConnectAsync();
        Completed(await CallAsync(person, id));
        host.Vendor.Faults["/mcp"] = HttpStatusCode.ServiceUnavailable;

        Failed(await CallAsync(person, id)).Reason.ShouldBe(ToolCallFailure.VendorUnavailable);
        (await StateAsync(person, id)).GetProperty("state").GetString().ShouldBe("degraded");

        host.Vendor.Faults.Clear();
        Completed(await CallAsync(person, id));
        (await StateAsync(person, id)).GetProperty("state").GetString().ShouldBe("connected");
    }

    [Fact]
    public async Task A_list_of_tools_does_not_say_that_calls_work_again()
    {
        var (person, id) = await ConnectAsync();
        Completed(await CallAsync(person, id));
        host.Vendor.OnCall = (context, _) =>
        {
            context.Response.StatusCode = 503;
            return Task.FromResult(true);
        };
        Failed(await CallAsync(person, id)).Reason.ShouldBe(ToolCallFailure.VendorUnavailable);

        var answer = await host.AskAsync<ListTools, ToolList, ToolCallFailed>(new ListTools(person.Caller.WorkspaceId, id), Ct);

        answer.Is(out Response<ToolList>? _).ShouldBeTrue();
        (await StateAsync(person, id)).GetProperty("state").GetString().ShouldBe("degraded");
        host.Vendor.OnCall = null;
        Completed(await CallAsync(person, id));
        (await StateAsync(person, id)).GetProperty("state").GetString().ShouldBe("connected");
    }

    [Theory]
    [InlineData("17", 17, "Try again in 17 seconds.")]
    [InlineData("1", 1, "Try again in 1 second.")]
    public async Task A_limit_on_calls_is_passed_on_with_its_wait(string retryAfter, int seconds, string advice)
    {
        var (person, id) = await ConnectAsync();
        host.Vendor.OnCall = (context, _) =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = retryAfter;
            return Task.FromResult(true);
        };

        var failed = Failed(await CallAsync(person, id));

        failed.Reason.ShouldBe(ToolCallFailure.RateLimited);
        failed.RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));
        failed.Message.ShouldEndWith(advice);
        (await StateAsync(person, id)).GetProperty("state").GetString().ShouldBe("connected");
    }

    [Fact]
    public async Task A_call_ends_when_its_time_is_over()
    {
        var (person, id) = await ConnectAsync();
        Completed(await CallAsync(person, id));
        var release = new TaskCompletionSource();
        host.Vendor.OnCall = async (_, _) =>
        {
            await release.Task;
            return false;
        };

        var failed = Failed(await CallAsync(person, id, timeout: TimeSpan.FromMilliseconds(300)));

        release.SetResult();
        failed.Reason.ShouldBe(ToolCallFailure.TimedOut);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(50)]
    public async Task A_result_that_is_too_large_is_not_cut_but_refused(int megabytes)
    {
        var (person, id) = await ConnectAsync();
        host.Vendor.OnCall = async (context, request) =>
        {
            await TestVendor.ReplyAsync(context, request, TestVendor.Text(new string('x', megabytes * 1024 * 1024)));
            return true;
        };

        Failed(await CallAsync(person, id)).Reason.ShouldBe(ToolCallFailure.ResultTooLarge);
    }

    [Theory]
    [InlineData("Permission denied", true)]
    [InlineData("MCP error -32602: Input validation error", false)]
    public async Task The_vendors_own_refusal_is_a_completed_call(string text, bool isError)
    {
        var (person, id) = await ConnectAsync();
        host.Vendor.OnCall = async (context, request) =>
        {
            await TestVendor.ReplyAsync(context, request, TestVendor.Text(text, isError));
            return true;
        };

        var completed = Completed(await CallAsync(person, id));

        (completed.VendorIsError, completed.Text).ShouldBe((true, text));
    }

    [Fact]
    public async Task A_tool_that_is_not_published_is_not_found()
    {
        var (person, id) = await ConnectAsync();

        Failed(await CallAsync(person, id, "get_everything")).Reason.ShouldBe(ToolCallFailure.ToolNotFound);
    }

    [Fact]
    public async Task A_definition_that_changed_is_judged_anew()
    {
        var (person, id) = await ConnectAsync();
        Completed(await CallAsync(person, id));
        host.Vendor.Tools.Single(tool => (string?)tool!["name"] == "query_amplitude_data")!["annotations"]!["destructiveHint"] = true;
        host.Clock.Forward(TimeSpan.FromMinutes(6));

        Failed(await CallAsync(person, id)).Reason.ShouldBe(ToolCallFailure.RefusedByPolicy);
    }

    [Fact]
    public async Task Only_admitted_tools_are_listed_and_narrowed()
    {
        var (person, id) = await ConnectAsync();

        var answer = await host.AskAsync<ListTools, ToolList, ToolCallFailed>(new ListTools(person.Caller.WorkspaceId, id), Ct);

        answer.Is(out Response<ToolList>? list).ShouldBeTrue();
        list!.Message.Tools.Select(tool => tool.Name).ShouldBe(["get_amplitude_context", "query_amplitude_data", "use_amplitude_cohorts"]);
        list.Message.Tools[2].InputSchemaJson.ShouldNotContain("create");
    }

    private async Task<(Person Person, Guid Id)> ConnectAsync()
    {
        var person = host.A();
        return (person, (await person.ConnectAsync()).GetProperty("id").GetGuid());
    }

    private Task<Response<ToolCallCompleted, ToolCallFailed>> CallAsync(
        Person person, Guid id, string tool = "query_amplitude_data", string arguments = "{}", TimeSpan? timeout = null) =>
        host.AskAsync<CallTool, ToolCallCompleted, ToolCallFailed>(
            new CallTool(person.Caller.WorkspaceId, id, tool, arguments, null, "Ada", timeout ?? TimeSpan.FromSeconds(15)), Ct);

    private static async Task<JsonElement> StateAsync(Person person, Guid id) =>
        (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}")).Body;

    private static ToolCallCompleted Completed(Response<ToolCallCompleted, ToolCallFailed> answer) =>
        answer.Is(out Response<ToolCallCompleted>? completed) ? completed.Message : throw new ShouldAssertException($"{answer.Message}");

    private static ToolCallFailed Failed(Response<ToolCallCompleted, ToolCallFailed> answer) =>
        answer.Is(out Response<ToolCallFailed>? failed) ? failed.Message : throw new ShouldAssertException($"{answer.Message}");
}
