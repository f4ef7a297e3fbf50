using ClariBI.Charts.Tiles;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Connector;

namespace ClariBI.Charts.Tests.Tiles;

public sealed class RefreshScheduleTests : IAsyncLifetime
{
    // A host per test: the schedule looks at every tile of the database.
    private readonly ChartsHost host = new();

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Old_tiles_are_refreshed_and_young_ones_are_not()
    {
        var old = await Board.WithTileAsync(host);
        var young = await Board.WithTileAsync(host);
        host.Planner.Answer = _ => Task.FromResult<object>(A.Result(A.Figure(1), host.Clock.GetUtcNow()));
        await young.RefreshAsync();

        host.Clock.Advance(RefreshSchedule.Look);

        await Testing.Eventually.GetAsync(old.TileAsync, tile => tile.Text("type") == "single_value");
        host.Planner.AskedFor(old.WorkspaceId).ShouldHaveSingleItem().RequestedBy.ShouldBe("Scheduled refresh");
        host.Planner.AskedFor(young.WorkspaceId).ShouldHaveSingleItem().RequestedBy.ShouldBe("Ada");
    }

    [Fact]
    public async Task A_failing_tile_is_left_alone_until_its_backoff_is_over()
    {
        var failing = await Board.WithTileAsync(host);
        host.Planner.Answer = _ => Task.FromResult<object>(new QueryFailed("vendor-unavailable", "Amplitude does not answer."));
        host.Clock.Advance(RefreshSchedule.Look);
        await Testing.Eventually.GetAsync(failing.TileAsync, tile => tile.Text("state") == "failed");

        // A second old tile shows that the schedule has looked again; the failing one is not asked for before 2 minutes.
        var witness = await Board.WithTileAsync(host);
        host.Clock.Advance(RefreshSchedule.Look);
        await Testing.Eventually.GetAsync(witness.TileAsync, tile => tile.Text("state") == "failed");
        host.Planner.AskedFor(failing.WorkspaceId).ShouldHaveSingleItem();

        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await host.Planner.WaitForAsync(failing.WorkspaceId, 2);
    }

    [Fact]
    public async Task A_frozen_tile_is_never_refreshed()
    {
        var frozen = await Board.WithTileAsync(host);
        await host.PublishAsync(new DataSourceDisconnected(frozen.Source.DataSourceId, frozen.WorkspaceId, "Ada", host.Clock.GetUtcNow()));
        await Testing.Eventually.GetAsync(frozen.TileAsync, tile => tile.Text("state") == "frozen");
        var witness = await Board.WithTileAsync(host);
        host.Planner.Answer = _ => Task.FromResult<object>(A.Result(A.Figure(1), host.Clock.GetUtcNow()));

        host.Clock.Advance(TimeSpan.FromDays(2));

        await Testing.Eventually.GetAsync(witness.TileAsync, tile => tile.Text("type") == "single_value");
        host.Planner.AskedFor(frozen.WorkspaceId).ShouldBeEmpty();
    }
}
