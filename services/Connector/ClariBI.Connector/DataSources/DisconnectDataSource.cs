using ClariBI.Connector.Data;
using ClariBI.Connector.Grants;
using ClariBI.Connector.Vendors;
using ClariBI.Contracts.Connector;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources;

/// <summary>The credential goes first; only then is the data source called disconnected.</summary>
internal static class DisconnectDataSource
{
    public static void MapDisconnectDataSource(this IEndpointRouteBuilder connector) =>
        connector.MapPost("/api/data-sources/{id:guid}/disconnect", HandleAsync).WithName(nameof(DisconnectDataSource))
            .WithSummary("Delete the credential and ask the vendor to revoke it")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<DataSourceResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ConnectorDbContext db, DataSourceEnding ending, VendorCatalogue catalogue, CancellationToken cancellationToken)
    {
        var source = await db.DataSources.In(caller).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (source is null)
        {
            return DataSourceProblems.NotFound();
        }

        if (!source.MayBeEndedBy(caller))
        {
            return DataSourceProblems.NotTheirs("disconnect this data source");
        }

        try
        {
            if (source.State != DataSourceState.Disconnected)
            {
                source = await ending.DisconnectAsync(source, catalogue.NameOf(source), caller, cancellationToken);
            }

            return source is null ? DataSourceProblems.NotFound() : TypedResults.Ok(await db.DescribeAsync(source, caller, catalogue, cancellationToken));
        }
        catch (VaultUnavailableException unavailable)
        {
            return DataSourceProblems.VaultUnavailable(unavailable);
        }
    }
}

