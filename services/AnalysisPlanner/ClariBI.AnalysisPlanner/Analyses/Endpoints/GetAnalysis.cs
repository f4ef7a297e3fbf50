using ClariBI.AnalysisPlanner.Data;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.AnalysisPlanner.Analyses.Endpoints;

internal static class GetAnalysis
{
    public static void MapGetAnalysis(this IEndpointRouteBuilder analyses) =>
        analyses.MapGet("/{id:guid}", HandleAsync).WithName(nameof(GetAnalysis)).WithSummary("Read an analysis")
            .ProducesProblem(StatusCodes.Status404NotFound);

    /// <returns>Null where the workspace has no such analysis.</returns>
    public static async Task<AnalysisResponse?> ReadAsync(
        this PlannerDbContext db, Guid id, Guid workspaceId, CancellationToken cancellationToken)
    {
        var analysis = await db.Analyses.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == id && row.WorkspaceId == workspaceId, cancellationToken);
        return analysis is null
            ? null
            : AnalysisResponse.Of(analysis, await db.Steps.AsNoTracking().Where(step => step.AnalysisId == id).ToListAsync(cancellationToken));
    }

    private static async Task<Results<Ok<AnalysisResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, PlannerDbContext db, CancellationToken cancellationToken) =>
        await db.ReadAsync(id, caller.WorkspaceId, cancellationToken) is { } analysis
            ? TypedResults.Ok(analysis)
            : PlannerProblem.AnalysisNotFound.ToHttp(StatusCodes.Status404NotFound);
}
