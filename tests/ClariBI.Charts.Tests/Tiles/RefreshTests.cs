using System.Net;
using ClariBI.Charts.Data;
using ClariBI.Charts.Tiles;
using ClariBI.Contracts.AnalysisPlanner;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Charts.Tests.Tiles;

public sealed class RefreshTests(ChartsHost host) : IClassFixture<ChartsHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refresh_runs_the_query_and_shows_the_new_data()
    {
        var board = await Board.WithTileAsync(host);
        var now = host.Clock.GetUtcNow();
        host.Planner.Answer = _ => Task.FromResult<object>(A.Result(A.Figure(42), now));

        var tile = await board.RefreshAsync();

        tile.Text("state").ShouldBe("fresh");
        tile.Text("type").ShouldBe("single_value");
        tile["refreshedAt"]!.GetValue<DateTimeOffset>().ShouldBe(now);
        tile["source"].Text("tool").ShouldBe("query_dataset");
        tile["source"].Text("rangeEnd").ShouldBe("2026-11-08");
        tile["source"].Text("dataSourceName").ShouldBe("Amplitude");
        (await board.TileAsync())["table"]!["rows"]!.ToJsonString().ShouldBe("[[42]]");
        var asked = host.Planner.AskedFor(board.WorkspaceId).ShouldHaveSingleItem();
        asked.DataSourceId.ShouldBe(board.Source.DataSourceId);
        asked.RequestedBy.ShouldBe("Ada");
        asked.Query.Measures.ShouldHaveSingleItem().Event.ShouldBe("Video Watched");
    }

    [Fact]
    public async Task A_refusal_keeps_the_data_and_says_why_until_a_refresh_succeeds()
    {
        var board = await Board.WithTileAsync(host);
        host.Planner.Answer = _ => Task.FromResult<object>(new QueryFailed("vendor-rate-limited", "Amplitude allows no more queries for 40 s."));

        var failed = await board.RefreshAsync();

        failed.Text("state").ShouldBe("failed");
        failed.Text("stateReason").ShouldBe(
            "Amplitude allows no more queries for 40 s; showing the data of 22 Nov 2026, 09:12 (Europe/London).");
        failed["table"]!["rows"]!.AsArray().Count.ShouldBe(3);
        failed["refreshedAt"]!.GetValue<DateTimeOffset>().ShouldBe(new DateTimeOffset(2026, 11, 22, 9, 12, 0, TimeSpan.Zero));

        host.Planner.Answer = _ => Task.FromResult<object>(A.Result(A.Figure(42), host.Clock.GetUtcNow()));
        var tile = await board.RefreshAsync();
        tile.Text("state").ShouldBe("fresh");
        tile["stateReason"].ShouldBeNull();
    }

    [Fact]
    public async Task No_answer_in_time_keeps_the_data_too()
    {
        await using var hasty = new ChartsHost(("Charts:QueryTimeout", "00:00:01"));
        await hasty.InitializeAsync();
        var board = await Board.WithTileAsync(hasty);
        var late = hasty.Planner.AnswerLater();

        var tile = await board.RefreshAsync();

        late.SetResult(A.Result(A.Figure(42), hasty.Clock.GetUtcNow()));
        tile.Text("state").ShouldBe("failed");
        tile.Text("stateReason").ShouldStartWith("The query was not answered within 1 s; showing the data of");
        tile["table"]!["rows"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_fault_keeps_the_data_too_and_tells_no_detail_of_it()
    {
        var board = await Board.WithTileAsync(host);
        host.Planner.Answer = _ => throw new InvalidOperationException("secret detail");
        var faulted = await board.RefreshAsync();
        faulted.Text("stateReason").ShouldStartWith("The query could not be run because of a fault on our side; showing");
        faulted["table"]!["rows"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Twenty_who_ask_at_once_cost_one_query()
    {
        var board = await Board.WithTileAsync(host);
        var answer = host.Planner.AnswerLater();
        var refresher = host.Services.GetRequiredService<TileRefresher>();

        var refreshes = Enumerable.Range(0, 20).Select(_ => refresher.RefreshAsync(board.TileId, "Ada", Ct)).ToList();
        var whileRunning = await Testing.Eventually.GetAsync(board.TileAsync, tile => tile.Text("state") == "refreshing");
        answer.SetResult(A.Result(A.Figure(42), host.Clock.GetUtcNow()));
        await Task.WhenAll(refreshes);

        whileRunning["table"]!["rows"]!.AsArray().Count.ShouldBe(3);
        host.Planner.AskedFor(board.WorkspaceId).ShouldHaveSingleItem();
        (await board.TileAsync())["table"]!["rows"]!.ToJsonString().ShouldBe("[[42]]");
    }

    [Fact]
    public async Task Who_goes_away_does_not_stop_the_refresh_of_the_others()
    {
        var board = await Board.WithTileAsync(host);
        var answer = host.Planner.AnswerLater();
        var refresher = host.Services.GetRequiredService<TileRefresher>();
        using var impatient = new CancellationTokenSource();

        var first = refresher.RefreshAsync(board.TileId, "Ada", impatient.Token);
        var second = refresher.RefreshAsync(board.TileId, "Grace", Ct);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        answer.SetResult(A.Result(A.Figure(42), host.Clock.GetUtcNow()));
        await second;

        (await board.TileAsync())["table"]!["rows"]!.ToJsonString().ShouldBe("[[42]]");
    }

    [Fact]
    public async Task A_tile_removed_while_it_is_refreshed_stays_removed()
    {
        var board = await Board.WithTileAsync(host);
        var answer = host.Planner.AnswerLater();

        var refresh = board.Client.Post($"{board.TilePath}/refresh");
        await host.Planner.WaitForAsync(board.WorkspaceId, 1);
        (await board.Client.Delete(board.TilePath)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.SetResult(A.Result(A.Figure(42), host.Clock.GetUtcNow()));

        await refresh.ShouldBeProblemAsync(HttpStatusCode.NotFound, "tile-not-found");

        (await SnapshotsAsync(board.TileId)).ShouldBe(0);
    }

    [Fact]
    public async Task The_last_thirty_snapshots_are_kept()
    {
        var board = await Board.WithTileAsync(host);
        var refreshes = 0;
        host.Planner.Answer = _ => Task.FromResult<object>(A.Result(A.Figure(++refreshes), host.Clock.GetUtcNow().AddSeconds(refreshes)));

        for (var times = 0; times < 32; times++)
        {
            await board.RefreshAsync();
        }

        (await SnapshotsAsync(board.TileId)).ShouldBe(30);
        (await board.TileAsync())["table"]!["rows"]!.ToJsonString().ShouldBe("[[32]]");
    }

    private async Task<int> SnapshotsAsync(Guid tileId)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ChartsDbContext>().Snapshots.CountAsync(row => row.TileId == tileId, Ct);
    }
}
