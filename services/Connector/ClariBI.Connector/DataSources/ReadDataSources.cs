using ClariBI.Connector.Data;
using ClariBI.Connector.Vendors;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources;

internal static class ReadDataSources
{
    public static void MapReadDataSources(this IEndpointRouteBuilder connector)
    {
        connector.MapGet("/api/data-sources", ListAsync).WithName("ListDataSources").WithSummary("List the workspace's data sources");
        connector.MapGet("/api/data-sources/{id:guid}", GetAsync).WithName("GetDataSource").WithSummary("Read one data source")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<List<DataSourceResponse>>> ListAsync(
        Caller caller, ConnectorDbContext db, VendorCatalogue catalogue, CancellationToken cancellationToken)
    {
        var sources = await db.DataSources.AsNoTracking().In(caller).OrderBy(row => row.CreatedAt).ToListAsync(cancellationToken);
        var writes = await db.Calls.Where(call => call.WorkspaceId == caller.WorkspaceId).Writes()
            .GroupBy(call => call.DataSourceId).Select(calls => new { calls.Key, Count = calls.Count() })
            .ToDictionaryAsync(calls => calls.Key, calls => calls.Count, cancellationToken);
        return TypedResults.Ok(sources.ConvertAll(source =>
            DataSourceResponse.Of(source, caller, catalogue, writes.GetValueOrDefault(source.Id))));
    }

    private static async Task<Results<Ok<DataSourceResponse>, ProblemHttpResult>> GetAsync(
        Guid id, Caller caller, ConnectorDbContext db, VendorCatalogue catalogue, CancellationToken cancellationToken) =>
        await db.DataSources.AsNoTracking().In(caller).SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } source
            ? TypedResults.Ok(await db.DescribeAsync(source, caller, catalogue, cancellationToken))
            : DataSourceProblems.NotFound();
}
