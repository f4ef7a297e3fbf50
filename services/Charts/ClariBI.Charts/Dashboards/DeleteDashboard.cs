using ClariBI.Charts.Data;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Charts.Dashboards;

internal static class DeleteDashboard
{
    public static void MapDeleteDashboard(this IEndpointRouteBuilder dashboards) =>
        dashboards.MapDelete("/{id:guid}", HandleAsync).WithName(nameof(DeleteDashboard)).WithSummary("Delete a dashboard and its tiles");

    private static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ChartsDbContext db, CancellationToken cancellationToken) =>
        await db.Dashboards.OwnedBy(caller, id).ExecuteDeleteAsync(cancellationToken) == 1
            ? TypedResults.NoContent()
            : ChartProblems.DashboardNotFound();
}
