using ClariBI.Charts.Data;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Charts.Tiles;

internal static class RemoveTile
{
    public static void MapRemoveTile(this IEndpointRouteBuilder tiles) =>
        tiles.MapDelete("/{tileId:guid}", HandleAsync).WithName(nameof(RemoveTile)).WithSummary("Remove a tile from its dashboard");

    private static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, Guid tileId, Caller caller, ChartsDbContext db, CancellationToken cancellationToken) =>
        await db.Tiles.OwnedBy(caller, id, tileId).ExecuteDeleteAsync(cancellationToken) == 1
            ? TypedResults.NoContent()
            : ChartProblems.TileNotFound();
}
