using System.Net;
using ClariBI.Contracts.Connector;

namespace ClariBI.Charts.Tests.Sources;

public sealed class SourceStateTests(ChartsHost host) : IClassFixture<ChartsHost>
{
    private const string Frozen = "Amplitude was disconnected by Ada on 22 Nov 2026; showing the data of 22 Nov 2026, 09:12 (Europe/London).";

    private DateTimeOffset Now => host.Clock.GetUtcNow();

    [Fact]
    public async Task Disconnecting_freezes_the_tiles_of_that_source_only()
    {
        var board = await Board.WithTileAsync(host);
        var other = await Board.WithTileAsync(host);

        await host.PublishAsync(new DataSourceDisconnected(board.Source.DataSourceId, board.WorkspaceId, "Ada", Now));

        var tile = await Testing.Eventually.GetAsync(board.TileAsync, tile => tile.Text("state") == "frozen");
        tile.Text("stateReason").ShouldBe(Frozen);
        tile["table"]!["rows"]!.AsArray().Count.ShouldBe(3);
        (await other.TileAsync()).Text("state").ShouldBe("fresh");

        (await board.RefreshAsync()).Text("state").ShouldBe("frozen");
        host.Planner.AskedFor(board.WorkspaceId).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_chart_pinned_after_the_disconnection_is_frozen_at_once()
    {
        var board = await Board.WithTileAsync(host);
        await host.PublishAsync(new DataSourceDisconnected(board.Source.DataSourceId, board.WorkspaceId, "Ada", Now));
        await Testing.Eventually.GetAsync(board.TileAsync, tile => tile.Text("state") == "frozen");

        var later = await board.Client.Post($"{board.Path}/tiles", new { chartId = board.ChartId }).JsonAsync(HttpStatusCode.Created);

        later.Text("stateReason").ShouldBe(Frozen);
    }

    [Fact]
    public async Task Connecting_again_thaws_and_older_news_changes_nothing()
    {
        var board = await Board.WithTileAsync(host);
        await host.PublishAsync(new DataSourceDisconnected(board.Source.DataSourceId, board.WorkspaceId, "Ada", Now));
        await Testing.Eventually.GetAsync(board.TileAsync, tile => tile.Text("state") == "frozen");

        await host.PublishAsync(new DataSourceConnected(board.Source.DataSourceId, board.WorkspaceId, Now.AddMinutes(2)));
        var thawed = await Testing.Eventually.GetAsync(board.TileAsync, tile => tile.Text("state") == "fresh");
        thawed["stateReason"].ShouldBeNull();

        // In whichever order they are consumed.
        await host.PublishAsync(new DataSourceDisconnected(board.Source.DataSourceId, board.WorkspaceId, "Late", Now.AddMinutes(1)));
        await host.PublishAsync(new DataSourceDisconnected(board.Source.DataSourceId, board.WorkspaceId, "Grace", Now.AddMinutes(3)));
        var tile = await Testing.Eventually.GetAsync(board.TileAsync, tile => tile.Text("state") == "frozen");
        tile.Text("stateReason").ShouldStartWith("Amplitude was disconnected by Grace on");
    }

    [Fact]
    public async Task A_source_that_needs_authorization_marks_its_tiles_failed_until_it_has_it()
    {
        var board = await Board.WithTileAsync(host);
        var source = board.Source.DataSourceId;

        await host.PublishAsync(new DataSourceStateChanged(
            source, board.WorkspaceId, DataSourceState.NeedsReauthorization, "Amplitude no longer accepts the connection: authorize it again.", Now));

        var tile = await Testing.Eventually.GetAsync(board.TileAsync, tile => tile.Text("state") == "failed");
        tile.Text("stateReason").ShouldBe(
            "Amplitude no longer accepts the connection: authorize it again; showing the data of 22 Nov 2026, 09:12 (Europe/London).");

        await host.PublishAsync(new DataSourceStateChanged(source, board.WorkspaceId, DataSourceState.Connected, null, Now.AddMinutes(1)));
        await Testing.Eventually.GetAsync(board.TileAsync, tile => tile.Text("state") == "fresh");
    }

    [Fact]
    public async Task A_disconnection_during_a_refresh_has_the_last_word()
    {
        var board = await Board.WithTileAsync(host);
        var answer = host.Planner.AnswerLater();

        var refresh = board.RefreshAsync();
        await host.Planner.WaitForAsync(board.WorkspaceId, 1);
        await host.PublishAsync(new DataSourceDisconnected(board.Source.DataSourceId, board.WorkspaceId, "Ada", Now));
        await Testing.Eventually.GetAsync(board.TileAsync, tile => tile.Text("state") == "frozen");
        answer.SetResult(A.Result(A.Figure(42), Now));

        var tile = await refresh;

        tile.Text("state").ShouldBe("frozen");
        tile.Text("stateReason").ShouldBe(Frozen);
        tile["table"]!["rows"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task News_about_another_workspace_changes_nothing_here()
    {
        var board = await Board.WithTileAsync(host);
        var witness = await Board.WithTileAsync(host);

        await host.PublishAsync(new DataSourceDisconnected(board.Source.DataSourceId, Guid.CreateVersion7(), "Eve", Now));
        await host.PublishAsync(new DataSourceDisconnected(witness.Source.DataSourceId, witness.WorkspaceId, "Ada", Now));

        await Testing.Eventually.GetAsync(witness.TileAsync, tile => tile.Text("state") == "frozen");
        (await board.TileAsync()).Text("state").ShouldBe("fresh");
    }
}
