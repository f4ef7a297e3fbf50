using ClariBI.Connector.Data;
using ClariBI.Contracts.Connector;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources;

internal static class DeleteDataSource
{
    public static void MapDeleteDataSource(this IEndpointRouteBuilder connector) =>
        connector.MapDelete("/api/data-sources/{id:guid}", HandleAsync).WithName(nameof(DeleteDataSource))
            .WithSummary("Delete a disconnected data source with its call log and timeline")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ConnectorDbContext db, CancellationToken cancellationToken)
    {
        var source = await db.DataSources.In(caller).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (source is null)
        {
            return DataSourceProblems.NotFound();
        }

        if (!source.MayBeEndedBy(caller))
        {
            return DataSourceProblems.NotTheirs("delete this data source");
        }

        if (source.State != DataSourceState.Disconnected)
        {
            return TypedResults.Problem(
                type: "data-source-connected", title: "The data source is still connected.", statusCode: StatusCodes.Status409Conflict,
                detail: "Disconnect it first, so that its credential is revoked.");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Calls.Where(call => call.DataSourceId == source.Id).ExecuteDeleteAsync(cancellationToken);
        await db.ToolPins.Where(pin => pin.DataSourceId == source.Id).ExecuteDeleteAsync(cancellationToken);
        await db.History.Where(line => line.DataSourceId == source.Id).ExecuteDeleteAsync(cancellationToken);
        db.DataSources.Remove(source);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return DataSourceProblems.Changed();
        }

        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
