using System.Net;
using System.Text.Json.Nodes;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Charts;

namespace ClariBI.Charts.Tests;

/// <summary>A new workspace with one dashboard, and one tile on it.</summary>
internal sealed record Board(HttpClient Client, Guid WorkspaceId, ChartSource Source, Guid ChartId, Guid DashboardId, Guid TileId)
{
    public string Path => $"/api/dashboards/{DashboardId}";

    public string TilePath => $"{Path}/tiles/{TileId}";

    public static async Task<Board> WithTileAsync(ChartsHost host, ResultTable? table = null)
    {
        var (workspace, source) = (Guid.CreateVersion7(), A.Source());
        var client = host.Enter(workspace);
        var chart = await host.DrawAsync(A.Drawing(workspace, table, source));
        var dashboard = await client.Post("/api/dashboards", new { name = "Growth" }).JsonAsync(HttpStatusCode.Created);
        var tile = await client.Post($"/api/dashboards/{dashboard.Id()}/tiles", new { chartId = chart.ChartId }).JsonAsync(HttpStatusCode.Created);
        return new Board(client, workspace, source, chart.ChartId, dashboard.Id(), tile.Id());
    }

    /// <summary>The tile as a reload of the board shows it.</summary>
    public async Task<JsonNode> TileAsync() =>
        (await Client.Get(Path).JsonAsync())["tiles"]!.AsArray().Single(tile => tile!.Id() == TileId)!;

    public Task<JsonObject> RefreshAsync() => Client.Post($"{TilePath}/refresh").JsonAsync();
}
