using System.ComponentModel.DataAnnotations;
using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Calls;

internal sealed record CallResponse(
    Guid Id, DateTimeOffset At, string Tool, string ArgumentsJson, CallOutcome Outcome, string? Detail, int DurationMs, int Bytes, string RequestedBy);

internal static class ListCalls
{
    public static void MapListCalls(this IEndpointRouteBuilder connector) =>
        connector.MapGet("/api/data-sources/{id:guid}/calls", HandleAsync).WithName(nameof(ListCalls))
            .WithSummary("List the latest calls to a data source, newest first").ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<List<CallResponse>>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ConnectorDbContext db, CancellationToken cancellationToken, [Range(1, 500)] int limit = 50)
    {
        if (!await db.DataSources.In(caller).AnyAsync(row => row.Id == id, cancellationToken))
        {
            return DataSourceProblems.NotFound();
        }

        return TypedResults.Ok(await db.Calls.AsNoTracking()
            .Where(call => call.DataSourceId == id && call.WorkspaceId == caller.WorkspaceId)
            .OrderByDescending(call => call.At).ThenByDescending(call => call.Id).Take(limit)
            .Select(call => new CallResponse(
                call.Id, call.At, call.Tool, call.ArgumentsJson, call.Outcome, call.Detail, call.DurationMs, call.Bytes, call.RequestedBy))
            .ToListAsync(cancellationToken));
    }
}
