using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Calls;
using ClariBI.Connector.Data;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources.Projects;

internal static class ListProjects
{
    public static void MapListProjects(this IEndpointRouteBuilder connector) =>
        connector.MapGet("/api/data-sources/{id:guid}/projects", HandleAsync).WithName(nameof(ListProjects))
            .WithSummary("Ask the vendor anew which projects the account has")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status502BadGateway)
            .ProducesProblem(StatusCodes.Status504GatewayTimeout);

    private static async Task<Results<Ok<List<VendorProjectResponse>>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ConnectorDbContext db, AccountProjects projects, CancellationToken cancellationToken)
    {
        var source = await db.DataSources.AsNoTracking().In(caller).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (source is null)
        {
            return DataSourceProblems.NotFound();
        }

        var answer = await projects.AskAsync(source, caller.Name, cancellationToken);
        return answer.Failure is { } failure
            ? CallProblems.Of(failure)
            : TypedResults.Ok(answer.Projects.Select(project => new VendorProjectResponse(project.Id, project.Name, project.TimeZone)).ToList());
    }
}
