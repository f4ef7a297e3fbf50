using System.ComponentModel.DataAnnotations;
using ClariBI.Charts.Charts;
using ClariBI.Charts.Dashboards;
using ClariBI.Charts.Data;
using ClariBI.Charts.Specs;
using ClariBI.Contracts.Charts;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Charts.Tiles;

/// <param name="Title">The chart's own when left out.</param>
public sealed record PinChartRequest([Required] Guid? ChartId, [StringLength(Chart.MaximumTitle)] string? Title = null);

internal static class PinChart
{
    public static void MapPinChart(this IEndpointRouteBuilder tiles) =>
        tiles.MapPost("/", HandleAsync).WithName(nameof(PinChart)).WithSummary("Pin a chart to a dashboard");

    private static async Task<Results<Created<TileResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, PinChartRequest request, Caller caller, ChartsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var dashboard = await db.Dashboards.OwnedBy(caller, id).SingleOrDefaultAsync(cancellationToken);
        if (dashboard is null)
        {
            return ChartProblems.DashboardNotFound();
        }

        if (await GetChart.FindAsync(db, caller, request.ChartId!.Value, cancellationToken) is not var (chart, shown))
        {
            return ChartProblems.ChartNotFound();
        }

        var taken = await db.Tiles.AsNoTracking().Where(tile => tile.DashboardId == id).ToListAsync(cancellationToken);
        if (taken.Count >= Dashboard.MaximumTiles)
        {
            return TypedResults.Problem(
                type: "dashboard-full", title: $"A dashboard holds {Dashboard.MaximumTiles} tiles.", statusCode: StatusCodes.Status409Conflict,
                detail: "Remove a tile, or pin the chart to another dashboard.");
        }

        var title = string.IsNullOrWhiteSpace(request.Title) ? chart.Title : request.Title.Trim();
        var (tile, snapshot) = Copy(chart, shown, dashboard, title);
        tile.Place(FreeSlot(chart, shown, taken));
        var source = await db.SourceStates.AsNoTracking().SingleOrDefaultAsync(
            row => row.WorkspaceId == tile.WorkspaceId && row.DataSourceId == tile.DataSourceId, cancellationToken);
        source?.ApplyTo(tile, snapshot.Source);

        var now = clock.GetUtcNow();
        dashboard.UpdatedAt = now;
        db.AddRange(tile, snapshot);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Created($"/api/dashboards/{id}/tiles/{tile.Id}", TileResponse.Of(tile, snapshot, now));
    }

    private static (Tile Tile, Snapshot Snapshot) Copy(Chart chart, Snapshot shown, Dashboard dashboard, string title)
    {
        var tile = new Tile
        {
            DashboardId = dashboard.Id,
            WorkspaceId = dashboard.WorkspaceId,
            DataSourceId = shown.Source.DataSourceId,
            AnalysisId = chart.AnalysisId,
            Question = chart.Question,
            Query = chart.Query,
            Title = title,
        };
        var snapshot = new Snapshot { TileId = tile.Id, Table = shown.Table, Source = shown.Source, CapturedAt = shown.CapturedAt };
        tile.Show(snapshot);
        return (tile, snapshot);
    }

    private static Slot FreeSlot(Chart chart, Snapshot shown, IReadOnlyCollection<Tile> taken)
    {
        var (width, height) = ChartSpec.Choose(shown.Table, chart.Query).Type == ChartType.SingleValue ? (3, 2) : (6, 4);
        return Grid.FirstFree([.. taken.Select(tile => tile.Slot)], width, height);
    }
}
