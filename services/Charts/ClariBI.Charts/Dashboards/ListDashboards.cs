using ClariBI.Charts.Data;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Charts.Dashboards;

/// <param name="Tiles">How many there are.</param>
internal sealed record DashboardSummaryResponse(Guid Id, string Name, int Tiles, DateTimeOffset UpdatedAt);

internal static class ListDashboards
{
    public static void MapListDashboards(this IEndpointRouteBuilder dashboards) =>
        dashboards.MapGet("/", HandleAsync).WithName(nameof(ListDashboards)).WithSummary("The dashboards of the workspace, by name");

    private static async Task<Ok<List<DashboardSummaryResponse>>> HandleAsync(
        Caller caller, ChartsDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await db.Dashboards
            .Where(row => row.WorkspaceId == caller.WorkspaceId)
            .OrderBy(row => row.Name).ThenBy(row => row.Id)
            .Select(row => new DashboardSummaryResponse(
                row.Id, row.Name, db.Tiles.Count(tile => tile.DashboardId == row.Id), row.UpdatedAt))
            .ToListAsync(cancellationToken));
}
