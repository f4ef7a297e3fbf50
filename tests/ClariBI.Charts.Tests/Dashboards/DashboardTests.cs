using System.Net;
using System.Text.Json.Nodes;

namespace ClariBI.Charts.Tests.Dashboards;

public sealed class DashboardTests(ChartsHost host) : IClassFixture<ChartsHost>
{
    [Fact]
    public async Task A_dashboard_is_created_listed_renamed_and_deleted()
    {
        var client = host.Enter(Guid.CreateVersion7());

        var created = await client.Post("/api/dashboards", new { name = "  Growth 📈 <b>weekly</b> " }).JsonAsync(HttpStatusCode.Created);
        var path = $"/api/dashboards/{created.Id()}";
        created.Text("name").ShouldBe("Growth 📈 <b>weekly</b>");
        created["tiles"]!.AsArray().ShouldBeEmpty();

        (await client.Patch(path, new { name = "Weekly" }).JsonAsync()).Text("name").ShouldBe("Weekly");
        var listed = (await ListAsync(client)).ShouldHaveSingleItem()!;
        listed.Text("name").ShouldBe("Weekly");
        listed["tiles"]!.GetValue<int>().ShouldBe(0);

        (await client.Delete(path)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ListAsync(client)).ShouldBeEmpty();
        await client.Get(path).ShouldBeProblemAsync(HttpStatusCode.NotFound, "dashboard-not-found");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    [InlineData(121)]
    public async Task A_name_has_one_to_120_letters(object? name)
    {
        var client = host.Enter(Guid.CreateVersion7());
        var dashboard = await client.Post("/api/dashboards", new { name = new string('x', 120) }).JsonAsync(HttpStatusCode.Created);
        var bad = new { name = name is int length ? new string('x', length) : (string?)name };

        await client.Post("/api/dashboards", bad).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation-failed");
        await client.Patch($"/api/dashboards/{dashboard.Id()}", bad).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation-failed");
        (await ListAsync(client)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_no_json_or_no_id_is_a_problem_document()
    {
        var client = host.Enter(Guid.CreateVersion7());
        using var broken = new StringContent("{\"name\":", null, "application/json");

        await client.PostAsync("/api/dashboards", broken, TestContext.Current.CancellationToken)
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "bad-request");
        await client.Get("/api/dashboards/not-an-id").ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Deleting_a_dashboard_deletes_its_tiles_and_leaves_the_chart()
    {
        var board = await Board.WithTileAsync(host);

        (await board.Client.Delete(board.Path)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await board.Client.Post($"{board.TilePath}/refresh").ShouldBeProblemAsync(HttpStatusCode.NotFound, "tile-not-found");
        (await board.Client.Get($"/api/charts/{board.ChartId}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_workspace_finds_nothing_and_changes_nothing()
    {
        var board = await Board.WithTileAsync(host);
        var other = await Board.WithTileAsync(host);
        var before = (await board.Client.Get(board.Path).JsonAsync()).ToJsonString();
        var layout = new { tiles = new[] { new { id = board.TileId, x = 1, y = 1, width = 2, height = 2 } } };

        var stranger = other.Client;
        (await ListAsync(stranger)).ShouldHaveSingleItem()!.Id().ShouldBe(other.DashboardId);
        await stranger.Get(board.Path).ShouldBeProblemAsync(HttpStatusCode.NotFound, "dashboard-not-found");
        await stranger.Patch(board.Path, new { name = "Mine" }).ShouldBeProblemAsync(HttpStatusCode.NotFound, "dashboard-not-found");
        await stranger.Put($"{board.Path}/layout", layout).ShouldBeProblemAsync(HttpStatusCode.NotFound, "dashboard-not-found");
        await stranger.Put($"{other.Path}/layout", layout).ShouldBeProblemAsync(HttpStatusCode.NotFound, "tile-not-found");
        await stranger.Post($"{board.Path}/tiles", new { chartId = other.ChartId }).ShouldBeProblemAsync(HttpStatusCode.NotFound, "dashboard-not-found");
        await stranger.Post($"{other.Path}/tiles", new { chartId = board.ChartId }).ShouldBeProblemAsync(HttpStatusCode.NotFound, "chart-not-found");
        await stranger.Patch(board.TilePath, new { title = "Mine" }).ShouldBeProblemAsync(HttpStatusCode.NotFound, "tile-not-found");
        await stranger.Patch($"{other.Path}/tiles/{board.TileId}", new { title = "Mine" }).ShouldBeProblemAsync(HttpStatusCode.NotFound, "tile-not-found");
        await stranger.Post($"{board.TilePath}/refresh").ShouldBeProblemAsync(HttpStatusCode.NotFound, "tile-not-found");
        await stranger.Delete(board.TilePath).ShouldBeProblemAsync(HttpStatusCode.NotFound, "tile-not-found");
        await stranger.Delete(board.Path).ShouldBeProblemAsync(HttpStatusCode.NotFound, "dashboard-not-found");

        (await board.Client.Get(board.Path).JsonAsync()).ToJsonString().ShouldBe(before);
        host.Planner.AskedFor(board.WorkspaceId).ShouldBeEmpty();
    }

    private static async Task<JsonArray> ListAsync(HttpClient client) =>
        JsonNode.Parse(await client.GetStringAsync("/api/dashboards", TestContext.Current.CancellationToken))!.AsArray();
}
