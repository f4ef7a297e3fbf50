using System.Net;

namespace ClariBI.Charts.Tests.Tiles;

public sealed class TileTests(ChartsHost host) : IClassFixture<ChartsHost>
{
    [Fact]
    public async Task A_pinned_chart_is_there_after_a_reload()
    {
        var board = await Board.WithTileAsync(host);

        var tile = await board.TileAsync();

        tile.Text("title").ShouldBe("Users who watched a video");
        tile.Text("question").ShouldBe("How many users watched a video?");
        tile.Text("type").ShouldBe("line");
        tile.Text("state").ShouldBe("fresh");
        tile["stateReason"].ShouldBeNull();
        tile["layout"]!.ToJsonString().ShouldBe("""{"x":0,"y":0,"width":6,"height":4}""");
        tile["refreshedAt"]!.GetValue<DateTimeOffset>().ShouldBe(new DateTimeOffset(2026, 11, 22, 9, 12, 0, TimeSpan.Zero));
        tile["option"]!["series"]!.AsArray().ShouldHaveSingleItem();
        tile["table"]!["rows"]!.AsArray().Count.ShouldBe(3);
        tile["dashboardId"]!.GetValue<Guid>().ShouldBe(board.DashboardId);
    }

    [Fact]
    public async Task A_tile_keeps_its_data_when_the_answer_is_drawn_again()
    {
        var workspace = Guid.CreateVersion7();
        var client = host.Enter(workspace);
        var drawing = A.Drawing(workspace, A.Figure(1));
        var chart = await host.DrawAsync(drawing);
        var dashboard = await client.Post("/api/dashboards", new { name = "Growth" }).JsonAsync(HttpStatusCode.Created);
        var path = $"/api/dashboards/{dashboard.Id()}";
        await client.Post($"{path}/tiles", new { chartId = chart.ChartId, title = " My figure " }).JsonAsync(HttpStatusCode.Created);

        await host.DrawAsync(drawing with { Table = A.Figure(2), CapturedAt = drawing.CapturedAt.AddHours(1) });

        var tile = (await client.Get(path).JsonAsync())["tiles"]!.AsArray().ShouldHaveSingleItem()!;
        tile.Text("title").ShouldBe("My figure");
        tile["table"]!["rows"]![0]![0]!.GetValue<int>().ShouldBe(1);
        tile["layout"]!.ToJsonString().ShouldBe("""{"x":0,"y":0,"width":3,"height":2}""");
    }

    [Fact]
    public async Task The_second_tile_stands_beside_the_first()
    {
        var board = await Board.WithTileAsync(host);

        var second = await board.Client.Post($"{board.Path}/tiles", new { chartId = board.ChartId }).JsonAsync(HttpStatusCode.Created);

        second["layout"]!.ToJsonString().ShouldBe("""{"x":6,"y":0,"width":6,"height":4}""");
        second.Id().ShouldNotBe(board.TileId);
    }

    [Fact]
    public async Task A_tile_is_renamed_moved_and_removed()
    {
        var board = await Board.WithTileAsync(host);

        (await board.Client.Patch(board.TilePath, new { title = " Watchers " }).JsonAsync()).Text("title").ShouldBe("Watchers");
        var layout = new { tiles = new[] { new { id = board.TileId, x = 3, y = 7, width = 9, height = 5 } } };
        (await board.Client.Put($"{board.Path}/layout", layout)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var tile = await board.TileAsync();
        tile.Text("title").ShouldBe("Watchers");
        tile["layout"]!.ToJsonString().ShouldBe("""{"x":3,"y":7,"width":9,"height":5}""");
        (await board.Client.Delete(board.TilePath)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await board.Client.Get(board.Path).JsonAsync())["tiles"]!.AsArray().ShouldBeEmpty();
        await board.Client.Delete(board.TilePath).ShouldBeProblemAsync(HttpStatusCode.NotFound, "tile-not-found");
    }

    [Theory]
    [InlineData(-1, 0, 6, 4)]
    [InlineData(0, -1, 6, 4)]
    [InlineData(0, 0, 0, 4)]
    [InlineData(0, 0, 6, 0)]
    [InlineData(0, 0, 13, 4)]
    [InlineData(7, 0, 6, 4)]
    [InlineData(0, 5001, 6, 4)]
    [InlineData(5, 0, 6, 4)]
    public async Task A_place_off_the_grid_or_on_another_tile_is_refused(int x, int y, int width, int height)
    {
        var board = await Board.WithTileAsync(host);
        await board.Client.Post($"{board.Path}/tiles", new { chartId = board.ChartId }).JsonAsync(HttpStatusCode.Created);
        var layout = new { tiles = new[] { new { id = board.TileId, x, y, width, height } } };

        await board.Client.Put($"{board.Path}/layout", layout).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation-failed");

        (await board.TileAsync())["layout"]!.ToJsonString().ShouldBe("""{"x":0,"y":0,"width":6,"height":4}""");
    }

    [Fact]
    public async Task Bad_requests_are_problem_documents()
    {
        var board = await Board.WithTileAsync(host);

        await board.Client.Post($"{board.Path}/tiles", new { }).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation-failed");
        await board.Client.Post($"{board.Path}/tiles", new { chartId = Guid.CreateVersion7() })
            .ShouldBeProblemAsync(HttpStatusCode.NotFound, "chart-not-found");
        await board.Client.Post($"{board.Path}/tiles", new { chartId = board.ChartId, title = new string('x', 201) })
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation-failed");
        await board.Client.Patch(board.TilePath, new { title = " " }).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation-failed");
        await board.Client.Put($"{board.Path}/layout", new { }).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation-failed");
    }

    [Fact]
    public async Task A_dashboard_holds_a_hundred_tiles()
    {
        var board = await Board.WithTileAsync(host, A.Figure(1));
        for (var tile = 1; tile < 100; tile++)
        {
            await board.Client.Post($"{board.Path}/tiles", new { chartId = board.ChartId }).JsonAsync(HttpStatusCode.Created);
        }

        await board.Client.Post($"{board.Path}/tiles", new { chartId = board.ChartId })
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, "dashboard-full");
    }
}
