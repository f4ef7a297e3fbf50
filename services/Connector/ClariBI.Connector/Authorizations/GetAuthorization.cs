using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Authorizations;

internal static class GetAuthorization
{
    public static void MapGetAuthorization(this IEndpointRouteBuilder connector) =>
        connector.MapGet("/api/authorizations/{id:guid}", HandleAsync).WithName(nameof(GetAuthorization))
            .WithSummary("Tell how far an authorization has come").ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<AuthorizationResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ConnectorDbContext db, ConsentSecrets consent, TimeProvider clock, CancellationToken cancellationToken) =>
        await db.Authorizations.AsNoTracking().OwnedBy(caller).SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } authorization
            ? TypedResults.Ok(AuthorizationResponse.Of(
                authorization, clock.GetUtcNow(), consent.Address(authorization),
                await db.DataSources.AsNoTracking().In(caller).SingleOrDefaultAsync(row => row.Id == authorization.DataSourceId, cancellationToken)))
            : AuthorizationProblems.NotFound();

    /// <summary>An authorization is its starter's own, not the workspace's.</summary>
    public static IQueryable<Authorization> OwnedBy(this IQueryable<Authorization> authorizations, Caller caller) =>
        authorizations.Where(row => row.WorkspaceId == caller.WorkspaceId && row.UserId == caller.UserId);
}
