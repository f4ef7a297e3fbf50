using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Tools;

internal static class ListDataSourceTools
{
    public static void MapListDataSourceTools(this IEndpointRouteBuilder connector) =>
        connector.MapGet("/api/data-sources/{id:guid}/tools", HandleAsync).WithName(nameof(ListDataSourceTools))
            .WithSummary("List what the vendor publishes, with the verdict on each and what changed since it was approved")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status502BadGateway);

    private static async Task<Results<Ok<ToolListResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ConnectorDbContext db, ToolPage page, CancellationToken cancellationToken)
    {
        var source = await db.DataSources.AsNoTracking().In(caller).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (source is null)
        {
            return DataSourceProblems.NotFound();
        }

        var (list, failure) = await page.ReadAsync(source, cancellationToken);
        return list is null ? ToolProblems.Of(failure!, source) : TypedResults.Ok(await page.DescribeAsync(source, list, cancellationToken));
    }
}
