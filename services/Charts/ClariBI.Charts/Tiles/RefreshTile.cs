using ClariBI.Charts.Data;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Charts.Tiles;

internal static class RefreshTile
{
    public static void MapRefreshTile(this IEndpointRouteBuilder tiles) =>
        tiles.MapPost("/{tileId:guid}/refresh", HandleAsync).WithName(nameof(RefreshTile))
            .WithSummary("Run the tile's query again; when that fails the tile keeps its last data and says why");

    private static async Task<Results<Ok<TileResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Guid tileId, Caller caller, ChartsDbContext db, TileRefresher refresher, TimeProvider clock, CancellationToken cancellationToken)
    {
        var tiles = db.Tiles.OwnedBy(caller, id, tileId);
        if (!await tiles.AnyAsync(cancellationToken))
        {
            return ChartProblems.TileNotFound();
        }

        await refresher.RefreshAsync(tileId, caller.Name, cancellationToken);
        var found = await tiles.WithDataAsync(db, cancellationToken);
        return found is [var (tile, snapshot)] ? TypedResults.Ok(TileResponse.Of(tile, snapshot, clock.GetUtcNow())) : ChartProblems.TileNotFound();
    }
}
