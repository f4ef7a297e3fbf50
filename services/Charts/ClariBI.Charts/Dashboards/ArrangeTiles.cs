using System.ComponentModel.DataAnnotations;
using ClariBI.Charts.Data;
using ClariBI.Charts.Tiles;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Charts.Dashboards;

public sealed record ArrangeTilesRequest([Required, MaxLength(Dashboard.MaximumTiles)] IReadOnlyList<TilePlace> Tiles);

public sealed record TilePlace(
    Guid Id,
    [Range(0, Grid.Columns - 1)] int X,
    [Range(0, Grid.MaximumRow)] int Y,
    [Range(1, Grid.Columns)] int Width,
    [Range(1, Grid.MaximumHeight)] int Height);

internal static class ArrangeTiles
{
    public static void MapArrangeTiles(this IEndpointRouteBuilder dashboards) =>
        dashboards.MapPut("/{id:guid}/layout", HandleAsync).WithName(nameof(ArrangeTiles))
            .WithSummary("Move and resize tiles; those not named stay where they are");

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Guid id, ArrangeTilesRequest request, Caller caller, ChartsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var dashboard = await db.Dashboards.OwnedBy(caller, id).SingleOrDefaultAsync(cancellationToken);
        if (dashboard is null)
        {
            return ChartProblems.DashboardNotFound();
        }

        if (request.Tiles.Any(place => place is null))
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["tiles"] = ["A tile's place is missing."] });
        }

        var tiles = await db.Tiles.Where(tile => tile.DashboardId == id).ToDictionaryAsync(tile => tile.Id, cancellationToken);
        foreach (var place in request.Tiles)
        {
            if (!tiles.TryGetValue(place.Id, out var tile))
            {
                return ChartProblems.TileNotFound();
            }

            tile.Place(new Slot(place.X, place.Y, place.Width, place.Height));
        }

        if (Grid.Fault([.. tiles.Values.Select(tile => tile.Slot)]) is { } fault)
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["tiles"] = [fault] });
        }

        dashboard.UpdatedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
