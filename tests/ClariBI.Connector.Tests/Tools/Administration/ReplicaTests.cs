using System.Net;
using ClariBI.Connector.Data;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.Connector;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Connector.Tests.Tools.Administration;

public sealed class ReplicaTests : IAsyncLifetime
{
    private const string Query = "query_amplitude_data";
    private readonly ConnectorHost first = new();
    private readonly ConnectorHost second;

    public ReplicaTests() => second = new ConnectorHost { Beside = first };

    public async ValueTask InitializeAsync()
    {
        await first.InitializeAsync();
        await second.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await second.DisposeAsync();
        await first.DisposeAsync();
    }

    [Fact]
    public async Task A_decision_counts_in_the_other_replica_at_once()
    {
        var (person, id) = await first.ConnectAsync();
        (await second.CallAsync(person, id, Query)).ShouldBeNull();

        await person.SwitchAsync(id, Query, enabled: false);

        (await second.CallAsync(person, id, Query)).ShouldBe(ToolCallFailure.RefusedByPolicy);
        (await second.EngineToolsAsync(person, id)).ShouldNotContain(tool => tool.Name == Query);
    }

    [Fact]
    public async Task What_one_replica_approves_the_other_may_use()
    {
        var (person, id) = await first.ConnectAsync();
        first.Published(Query)["description"] = "Something else.";
        (await second.CallAsync(person, id, Query)).ShouldBe(ToolCallFailure.RefusedByPolicy);
        var hash = (await person.ToolAsync(id, Query)).Text("hash")!;

        (await person.ApproveAsync(id, Query, hash)).Status.ShouldBe(HttpStatusCode.OK);

        (await second.CallAsync(person, id, Query)).ShouldBeNull();
    }

    [Fact]
    public async Task Many_first_looks_make_one_baseline()
    {
        var (person, id) = await first.ConnectAsync();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(turn => (turn % 2 == 0 ? first : second).EngineToolsAsync(person, id)));

        await using var scope = first.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectorDbContext>();
        (await db.ToolPins.CountAsync(pin => pin.DataSourceId == id, TestContext.Current.CancellationToken)).ShouldBe(first.Vendor.Tools.Count);
        (await db.ToolBaselines.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        (await person.ToolsAsync(id)).GetProperty("pending").GetInt32().ShouldBe(0);
    }
}
