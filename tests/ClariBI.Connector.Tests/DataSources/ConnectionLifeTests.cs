using System.Net;
using System.Text.Json;
using ClariBI.Connector.DataSources.Checks;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.Connector;
using ClariBI.Contracts.CredentialVault;
using ClariBI.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Connector.Tests.DataSources;

public sealed class ConnectionLifeTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Of_another_workspace_a_grants_events_change_nothing()
    {
        var (person, id) = await ConnectAsync();
        var (other, otherId) = await ConnectAsync();
        var at = host.Clock.GetUtcNow();

        await host.Bus.Publish(new GrantInvalidated(await GrantIdAsync(id), other.Caller.WorkspaceId, 1, "gone", at), Ct);
        await host.Bus.Publish(new GrantInvalidated(await GrantIdAsync(otherId), other.Caller.WorkspaceId, 1, "gone", at), Ct);

        var ended = await Eventually.GetAsync(() => SourceAsync(other, otherId), seen => State(seen) == "needs_reauthorization");
        (ended.GetProperty("stateCode").GetString(), State(await SourceAsync(person, id))).ShouldBe(("grant_ended", "connected"));
        ended.GetProperty("stateReason").GetString()!.ShouldStartWith("Amplitude sandbox ended the access");
        ended.GetProperty("fix").GetString()!.ShouldContain("again");
        (await TimelineAsync(other, otherId)).Select(Kind).ShouldContain("needs_reauthorization");
    }

    [Fact]
    public async Task A_check_that_meets_a_bug_does_not_keep_the_others_from_theirs()
    {
        var (_, broken) = await ConnectAsync();
        await ConnectAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Data.ConnectorDbContext>();
        DateTimeOffset? due = host.Clock.GetUtcNow().AddSeconds(-1);
        await db.DataSources.ExecuteUpdateAsync(row => row.SetProperty(source => source.CheckDueAt, due), Ct);
        await db.DataSources.Where(row => row.Id == broken)
            .ExecuteUpdateAsync(row => row.SetProperty(source => source.ServerUrl, "no address"), Ct);

        (await host.Services.GetRequiredService<ConnectionChecks>().CheckDueAsync(Ct)).ShouldBe(1);
    }

    [Fact]
    public async Task A_check_finds_a_vendor_that_is_down_and_the_next_one_that_it_is_back()
    {
        var (person, id) = await ConnectAsync();
        host.Vendor.Faults["/mcp"] = HttpStatusCode.ServiceUnavailable;
        await CheckAsync();

        var down = await SourceAsync(person, id);
        (State(down), down.GetProperty("stateCode").GetString()).ShouldBe(("degraded", "vendor_unreachable"));
        down.GetProperty("reachable").GetProperty("ok").GetBoolean().ShouldBeFalse();
        down.GetProperty("retryAt").GetDateTimeOffset().ShouldBeGreaterThan(host.Clock.GetUtcNow());
        down.GetProperty("retryAt").GetDateTimeOffset().ShouldBeLessThan(host.Clock.GetUtcNow().AddMinutes(2));
        down.GetProperty("stateReason").GetString()!.ShouldContain("Amplitude");
        down.GetProperty("stateReason").GetString()!.ShouldNotContain("127.0.0.1");

        host.Vendor.Faults.Clear();
        host.Clock.Forward(TimeSpan.FromMinutes(2));
        await RunChecksAsync();

        var back = await SourceAsync(person, id);
        (State(back), back.GetProperty("reachable").GetProperty("ok").GetBoolean()).ShouldBe(("connected", true));
        back.TryGetProperty("stateCode", out _).ShouldBeFalse();
        (await TimelineAsync(person, id)).Select(Kind).ShouldBe(["expires", "recovered", "degraded", "consented"]);
    }

    [Fact]
    public async Task Reachable_is_not_authorized()
    {
        var (person, id) = await ConnectAsync();
        host.Vendor.ForgetTokens();
        await CheckAsync();

        var source = await Eventually.GetAsync(() => SourceAsync(person, id), seen => State(seen) == "needs_reauthorization");

        source.GetProperty("reachable").GetProperty("ok").GetBoolean().ShouldBeTrue();
        source.GetProperty("stateCode").GetString().ShouldBe("grant_ended");
    }

    [Fact]
    public async Task The_wait_between_checks_of_a_degraded_source_grows()
    {
        var (person, id) = await ConnectAsync();
        host.Vendor.Faults["/mcp"] = HttpStatusCode.ServiceUnavailable;
        var waits = new List<TimeSpan>();
        await CheckAsync();
        for (var round = 0; round < 6; round++)
        {
            waits.Add((await SourceAsync(person, id)).GetProperty("retryAt").GetDateTimeOffset() - host.Clock.GetUtcNow());
            host.Clock.Forward(TimeSpan.FromMinutes(16));
            await RunChecksAsync();
        }

        waits[0].ShouldBeLessThan(TimeSpan.FromMinutes(1.1));
        waits[^1].ShouldBeGreaterThan(TimeSpan.FromMinutes(7));
        waits.ShouldAllBe(wait => wait < TimeSpan.FromMinutes(15.1));
        (await TimelineAsync(person, id)).Count(line => Kind(line) == "degraded").ShouldBe(1);
    }

    [Fact]
    public async Task Several_replicas_check_a_source_once()
    {
        await ConnectAsync();
        await RunChecksAsync();
        host.Clock.Forward(TimeSpan.FromMinutes(16));
        var replicas = Enumerable.Range(0, 4).Select(_ => ActivatorUtilities.CreateInstance<ConnectionChecks>(host.Services)).ToList();

        var checks = await Task.WhenAll(replicas.Select(replica => replica.CheckDueAsync(Ct)));

        checks.Sum().ShouldBe(1);
        replicas.ForEach(replica => replica.Dispose());
    }

    [Fact]
    public async Task A_change_of_state_is_announced_once()
    {
        var (person, id) = await ConnectAsync();
        var heard = new List<DataSourceState>();
        var handle = host.Bus.ConnectReceiveEndpoint("heard", endpoint => endpoint.Handler<DataSourceStateChanged>(context =>
        {
            if (context.Message.DataSourceId == id)
            {
                lock (heard)
                {
                    heard.Add(context.Message.State);
                }
            }

            return Task.CompletedTask;
        }));
        await handle.Ready;
        host.Vendor.ForgetTokens();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CallAsync(person, id)));
        await Eventually.GetAsync(() => SourceAsync(person, id), seen => State(seen) == "needs_reauthorization");
        var next = (await person.FinishAsync(await person.AuthorizeAsync(id))).Body;
        State(next).ShouldBe("connected");

        await Eventually.GetAsync(() => Task.FromResult(heard.Count), count => count >= 2);
        heard.ShouldBe([DataSourceState.NeedsReauthorization, DataSourceState.Connected]);
        (await TimelineAsync(person, id)).Count(line => Kind(line) == "needs_reauthorization").ShouldBe(1);
    }

    [Fact]
    public async Task A_vendor_that_was_not_told_the_project_says_what_to_do_until_one_is_chosen()
    {
        host.Vendor.Projects = [];
        var (person, id) = await ConnectAsync();
        host.Vendor.OnCall = async (context, request) =>
        {
            if ((string?)request["params"]!["name"] != "query_amplitude_data")
            {
                return false;
            }

            await TestVendor.ReplyAsync(context, request, TestVendor.Text("Project not selected", isError: true));
            return true;
        };

        var answer = await CallAsync(person, id);

        answer.Is(out Response<ToolCallFailed>? failed).ShouldBeTrue();
        (failed!.Message.Reason, failed.Message.Code).ShouldBe((ToolCallFailure.ProjectNotSelected, "project_not_selected"));
        var source = await SourceAsync(person, id);
        (State(source), source.GetProperty("stateCode").GetString()).ShouldBe(("degraded", "project_not_selected"));
        await CheckAsync();
        State(await SourceAsync(person, id)).ShouldBe("degraded");

        host.Vendor.Projects = ["7", "8"];
        var (status, changed) = await person.SendAsync(HttpMethod.Patch, $"/api/data-sources/{id}", new { projectId = "8" });
        status.ShouldBe(HttpStatusCode.OK, changed.ToString());
        State(changed).ShouldBe("connected");
    }

    private async Task<(Person Person, Guid Id)> ConnectAsync()
    {
        var person = host.A();
        return (person, (await person.ConnectAsync()).GetProperty("id").GetGuid());
    }

    private async Task<Guid> GrantIdAsync(Guid id)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<Data.ConnectorDbContext>().DataSources.FindAsync([id], Ct))!.GrantId;
    }

    /// <summary>A first round plans the checks, a second one a while later does them.</summary>
    private async Task CheckAsync()
    {
        await RunChecksAsync();
        host.Clock.Forward(TimeSpan.FromMinutes(16));
        await RunChecksAsync();
    }

    private Task<int> RunChecksAsync() => host.Services.GetRequiredService<ConnectionChecks>().CheckDueAsync(Ct);

    private Task<Response<ToolCallCompleted, ToolCallFailed>> CallAsync(Person person, Guid id) =>
        host.AskAsync<CallTool, ToolCallCompleted, ToolCallFailed>(
            new CallTool(person.Caller.WorkspaceId, id, "query_amplitude_data", "{}", null, "Ada", TimeSpan.FromSeconds(15)), Ct);

    private static async Task<JsonElement> SourceAsync(Person person, Guid id) => (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}")).Body;

    private static async Task<List<JsonElement>> TimelineAsync(Person person, Guid id) =>
        [.. (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/timeline")).Body.EnumerateArray()];

    private static string? Kind(JsonElement line) => line.GetProperty("kind").GetString();

    private static string? State(JsonElement source) => source.GetProperty("state").GetString();
}
