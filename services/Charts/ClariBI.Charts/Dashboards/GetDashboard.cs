using ClariBI.Charts.Data;
using ClariBI.Charts.Tiles;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Charts.Dashboards;

internal sealed record DashboardResponse(
    Guid Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, IReadOnlyList<TileResponse> Tiles)
{
    public static DashboardResponse Of(Dashboard dashboard, IReadOnlyList<TileResponse> tiles) =>
        new(dashboard.Id, dashboard.Name, dashboard.CreatedAt, dashboard.UpdatedAt, tiles);
}

internal static class GetDashboard
{
    public static void MapGetDashboard(this IEndpointRouteBuilder dashboards) =>
        dashboards.MapGet("/{id:guid}", HandleAsync).WithName(nameof(GetDashboard)).WithSummary("A dashboard with its tiles and their data");

    private static async Task<Results<Ok<DashboardResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ChartsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var dashboard = await db.Dashboards.AsNoTracking().OwnedBy(caller, id).SingleOrDefaultAsync(cancellationToken);
        return dashboard is null
            ? ChartProblems.DashboardNotFound()
            : TypedResults.Ok(await ReadAsync(dashboard, db, clock, cancellationToken));
    }

    public static async Task<DashboardResponse> ReadAsync(
        Dashboard dashboard, ChartsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var tiles = await db.Tiles.Where(tile => tile.DashboardId == dashboard.Id).WithDataAsync(db, cancellationToken);
        var now = clock.GetUtcNow();
        return DashboardResponse.Of(dashboard, [.. tiles
            .OrderBy(found => found.Tile.Y).ThenBy(found => found.Tile.X).Select(found => TileResponse.Of(found.Tile, found.Snapshot, now))]);
    }
}
