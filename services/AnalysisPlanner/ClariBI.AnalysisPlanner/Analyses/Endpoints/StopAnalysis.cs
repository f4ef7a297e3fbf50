using ClariBI.AnalysisPlanner.Analyses.Running;
using ClariBI.AnalysisPlanner.Data;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.AnalysisPlanner.Analyses.Endpoints;

internal static class StopAnalysis
{
    public static void MapStopAnalysis(this IEndpointRouteBuilder analyses) =>
        analyses.MapPost("/{id:guid}/stop", HandleAsync).WithName(nameof(StopAnalysis)).WithSummary("Stop an analysis")
            .ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>One that has ended stays as it is: stopping it is no error.</summary>
    private static async Task<Results<Accepted<AnalysisResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, PlannerDbContext db, RunInterruption interruption, CancellationToken cancellationToken)
    {
        while (true)
        {
            var analysis = await db.Analyses.FirstOrDefaultAsync(row => row.Id == id && row.WorkspaceId == caller.WorkspaceId, cancellationToken);
            if (analysis is null)
            {
                return PlannerProblem.AnalysisNotFound.ToHttp(StatusCodes.Status404NotFound);
            }

            if (await interruption.TryStopAsync(analysis, cancellationToken))
            {
                return TypedResults.Accepted(
                    $"/api/analyses/{id}", await db.ReadAsync(id, caller.WorkspaceId, cancellationToken));
            }

            // The run moved on in this moment: look again.
            db.ChangeTracker.Clear();
        }
    }
}
