using System.ComponentModel.DataAnnotations;
using ClariBI.Charts.Data;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClariBI.Charts.Dashboards;

public sealed record CreateDashboardRequest([Required, StringLength(Dashboard.MaximumName)] string Name);

internal static class CreateDashboard
{
    public static void MapCreateDashboard(this IEndpointRouteBuilder dashboards) =>
        dashboards.MapPost("/", HandleAsync).WithName(nameof(CreateDashboard)).WithSummary("Create an empty dashboard");

    private static async Task<Created<DashboardResponse>> HandleAsync(
        CreateDashboardRequest request, Caller caller, ChartsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var dashboard = new Dashboard
        {
            WorkspaceId = caller.WorkspaceId,
            Name = request.Name.Trim(),
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Dashboards.Add(dashboard);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Created($"/api/dashboards/{dashboard.Id}", DashboardResponse.Of(dashboard, []));
    }
}
