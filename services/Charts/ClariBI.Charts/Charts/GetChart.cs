using System.Text.Json.Nodes;
using ClariBI.Charts.Data;
using ClariBI.Charts.Descriptions;
using ClariBI.Charts.Specs;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Charts;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Charts.Charts;

internal sealed record ChartResponse(
    Guid Id,
    string Title,
    string Question,
    Guid AnalysisId,
    ChartType Type,
    JsonObject Option,
    ResultTable Table,
    string Description,
    ChartSource Source,
    DateTimeOffset CapturedAt)
{
    public static ChartResponse Of(Chart chart, Snapshot snapshot)
    {
        var spec = ChartSpec.Choose(snapshot.Table, chart.Query);
        return new ChartResponse(
            chart.Id, chart.Title, chart.Question, chart.AnalysisId, spec.Type, spec.Option, snapshot.Table,
            ChartDescription.Write(chart.Title, spec.Type, snapshot.Table, snapshot.Source), snapshot.Source, snapshot.CapturedAt);
    }
}

internal static class GetChart
{
    public static void MapGetChart(this IEndpointRouteBuilder charts) =>
        charts.MapGet("/{id:guid}", HandleAsync).WithName(nameof(GetChart)).WithSummary("A chart with its data");

    private static async Task<Results<Ok<ChartResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ChartsDbContext db, CancellationToken cancellationToken)
    {
        var found = await FindAsync(db, caller, id, cancellationToken);
        return found is var (chart, snapshot) ? TypedResults.Ok(ChartResponse.Of(chart, snapshot)) : ChartProblems.ChartNotFound();
    }

    public static async Task<(Chart Chart, Snapshot Snapshot)?> FindAsync(
        ChartsDbContext db, Caller caller, Guid id, CancellationToken cancellationToken)
    {
        var found = await db.Charts.AsNoTracking()
            .Where(chart => chart.Id == id && chart.WorkspaceId == caller.WorkspaceId)
            .Join(db.Snapshots, chart => chart.SnapshotId, snapshot => snapshot.Id, (chart, snapshot) => new { chart, snapshot })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : (found.chart, found.snapshot);
    }
}
