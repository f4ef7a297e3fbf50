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
    Guid Id, DateTimeOffset At, string Tool, string ArgumentsJson, CallOutcome Outcome, string? Detail, int DurationMs, int Bytes, string RequestedBy,
    int Attempts, int VendorTimeMs, bool Coalesced, int? TruncatedRows, string? ArgumentsHash, string? DefinitionHash);

internal static class ListCalls
{
    public static void MapListCalls(this IEndpointRouteBuilder connector) =>
        connector.MapGet("/api/data-sources/{id:guid}/calls", HandleAsync).WithName(nameof(ListCalls))
            .WithSummary("List the latest calls to a data source, newest first").ProducesProblem(StatusCodes.Status404NotFound);

    /// <param name="before">The last call of the page before; an id that is not in the log gives no calls.</param>
    private static async Task<Results<Ok<List<CallResponse>>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ConnectorDbContext db, CancellationToken cancellationToken, [Range(1, 500)] int limit = 50, Guid? before = null)
    {
        if (!await db.DataSources.In(caller).AnyAsync(row => row.Id == id, cancellationToken))
        {
            return DataSourceProblems.NotFound();
        }

        var calls = db.Calls.AsNoTracking().Where(call => call.DataSourceId == id && call.WorkspaceId == caller.WorkspaceId);
        if (before is { } last)
        {
            var at = await calls.Where(call => call.Id == last).Select(call => (DateTimeOffset?)call.At).SingleOrDefaultAsync(cancellationToken);
            calls = calls.Where(call => call.At < at || (call.At == at && call.Id.CompareTo(last) < 0));
        }

        return TypedResults.Ok(await calls
            .OrderByDescending(call => call.At).ThenByDescending(call => call.Id).Take(limit)
            .Select(call => new CallResponse(
                call.Id, call.At, call.Tool, call.ArgumentsJson, call.Outcome, call.Detail, call.DurationMs, call.Bytes, call.RequestedBy,
                call.Attempts, call.VendorTimeMs, call.Coalesced, call.TruncatedRows, call.ArgumentsHash, call.DefinitionHash))
            .ToListAsync(cancellationToken));
    }
}
