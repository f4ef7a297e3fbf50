using ClariBI.Connector.Calls;
using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Tools;

/// <param name="CallsSent">Counted from the call log, as are the refused ones.</param>
/// <param name="WritesSent">Calls that were sent without being admitted: always 0, or something is broken.</param>
internal sealed record ReadOnlyProofResponse(
    DateTimeOffset Since,
    IReadOnlyList<string> ScopesAsked,
    IReadOnlyList<string> ScopesGranted,
    bool ScopeIsReadOnly,
    int CallsSent,
    int CallsRefused,
    int WritesSent,
    IReadOnlyList<ProofLayerResponse> Layers,
    IReadOnlyList<RefusalResponse> LatestRefusals,
    string Statement);

/// <param name="Tools">How many tools this layer keeps from the engine.</param>
internal sealed record ProofLayerResponse(PolicyLayer Layer, string Title, int Tools, string Detail);

internal sealed record RefusalResponse(DateTimeOffset At, string Tool, string Reason, string RequestedBy);

/// <summary>What shows that nothing was written at the vendor: who was asked for what, what was sent, and what was not.</summary>
internal static class ReadOnlyProof
{
    private const int MostRefusals = 20;

    public static void MapReadOnlyProof(this IEndpointRouteBuilder connector) =>
        connector.MapGet("/api/data-sources/{id:guid}/read-only-proof", HandleAsync).WithName(nameof(ReadOnlyProof))
            .WithSummary("Show that a data source was only read").ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<ReadOnlyProofResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ConnectorDbContext db, ToolDecisions decisions, CancellationToken cancellationToken)
    {
        var source = await db.DataSources.AsNoTracking().In(caller).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (source is null)
        {
            return DataSourceProblems.NotFound();
        }

        var calls = db.Calls.AsNoTracking().Where(call => call.DataSourceId == id && call.WorkspaceId == caller.WorkspaceId);
        var refusals = await calls.Where(call => call.Outcome == CallOutcome.Refused).OrderByDescending(call => call.At).Take(MostRefusals)
            .Select(call => new RefusalResponse(call.At, call.Tool, call.Detail ?? "", call.RequestedBy)).ToListAsync(cancellationToken);
        var asked = await db.Authorizations.Where(row => row.GrantId == source.GrantId && row.WorkspaceId == caller.WorkspaceId)
            .Select(row => row.Scope).FirstOrDefaultAsync(cancellationToken);
        var tools = (await decisions.KnownAsync(source, cancellationToken)).Tools;
        var proof = new ReadOnlyProofResponse(
            source.CreatedAt, asked?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? decisions.ScopesOf(source), source.ScopeList,
            ScopeWords.OnlyRead(source.ScopeList),
            await calls.CountAsync(call => call.Sent, cancellationToken),
            await calls.CountAsync(call => call.Outcome == CallOutcome.Refused, cancellationToken),
            await calls.Writes().CountAsync(cancellationToken),
            ProofLayers.Count(tools), refusals, "");
        return TypedResults.Ok(proof with { Statement = ProofLayers.State(proof, source) });
    }
}
