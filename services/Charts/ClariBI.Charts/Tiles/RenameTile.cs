using System.ComponentModel.DataAnnotations;
using ClariBI.Charts.Charts;
using ClariBI.Charts.Data;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Charts.Tiles;

public sealed record RenameTileRequest([Required, StringLength(Chart.MaximumTitle)] string Title);

internal static class RenameTile
{
    public static void MapRenameTile(this IEndpointRouteBuilder tiles) =>
        tiles.MapPatch("/{tileId:guid}", HandleAsync).WithName(nameof(RenameTile)).WithSummary("Change the title of a tile");

    private static async Task<Results<Ok<TileResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Guid tileId, RenameTileRequest request, Caller caller, ChartsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var tiles = db.Tiles.OwnedBy(caller, id, tileId);
        var title = request.Title.Trim();
        if (await tiles.ExecuteUpdateAsync(row => row.SetProperty(tile => tile.Title, title), cancellationToken) == 0)
        {
            return ChartProblems.TileNotFound();
        }

        var found = await tiles.WithDataAsync(db, cancellationToken);
        return found is [var (tile, snapshot)] ? TypedResults.Ok(TileResponse.Of(tile, snapshot, clock.GetUtcNow())) : ChartProblems.TileNotFound();
    }
}
