using ClariBI.Charts.Tiles;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Charts.Tests.Tiles;

public sealed class TwoProcessesTests
{
    [Fact]
    public async Task Two_processes_with_one_database_refresh_a_tile_once()
    {
        var folder = Directory.CreateTempSubdirectory("claribi-charts-two-");
        await using var one = new ChartsHost(folder, TimeProvider.System);
        await using var two = new ChartsHost(folder, TimeProvider.System);
        await one.InitializeAsync();
        await two.InitializeAsync();
        var board = await Board.WithTileAsync(one);
        var answer = one.Planner.AnswerLater();
        var ct = TestContext.Current.CancellationToken;

        var first = one.Services.GetRequiredService<TileRefresher>().RefreshAsync(board.TileId, "Ada", ct);
        await one.Planner.WaitForAsync(board.WorkspaceId, 1);
        var second = two.Services.GetRequiredService<TileRefresher>().RefreshAsync(board.TileId, "Grace", ct);
        answer.SetResult(A.Result(A.Figure(42), DateTimeOffset.UnixEpoch));
        await Task.WhenAll(first, second);

        two.Planner.AskedFor(board.WorkspaceId).ShouldBeEmpty();
        one.Planner.AskedFor(board.WorkspaceId).ShouldHaveSingleItem();
        (await board.TileAsync())["table"]!["rows"]!.ToJsonString().ShouldBe("[[42]]");
    }
}
