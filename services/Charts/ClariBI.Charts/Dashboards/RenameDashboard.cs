using System.ComponentModel.DataAnnotations;
using ClariBI.Charts.Data;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Charts.Dashboards;

public sealed record RenameDashboardRequest([Required, StringLength(Dashboard.MaximumName)] string Name);

internal static class RenameDashboard
{
    public static void MapRenameDashboard(this IEndpointRouteBuilder dashboards) =>
        dashboards.MapPatch("/{id:guid}", HandleAsync).WithName(nameof(RenameDashboard)).WithSummary("Rename a dashboard");

    private static async Task<Results<Ok<DashboardResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, RenameDashboardRequest request, Caller caller, ChartsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var dashboard = await db.Dashboards.OwnedBy(caller, id).SingleOrDefaultAsync(cancellationToken);
        if (dashboard is null)
        {
            return ChartProblems.DashboardNotFound();
        }

        dashboard.Name = request.Name.Trim();
        dashboard.UpdatedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Ok(await GetDashboard.ReadAsync(dashboard, db, clock, cancellationToken));
    }
}
