using ClariBI.Connector.Authorizations.Registration;
using ClariBI.Connector.Data;
using ClariBI.Connector.Grants;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Authorizations;

internal static class CancelAuthorization
{
    public static void MapCancelAuthorization(this IEndpointRouteBuilder connector) =>
        connector.MapDelete("/api/authorizations/{id:guid}", HandleAsync).WithName(nameof(CancelAuthorization))
            .WithSummary("Cancel an authorization; what it obtained is revoked and deleted").ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ConnectorDbContext db, VaultClient vault, RegistrationStore registrations, CancellationToken cancellationToken)
    {
        var authorization = await db.Authorizations.OwnedBy(caller).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (authorization is null)
        {
            return AuthorizationProblems.NotFound();
        }

        try
        {
            if (authorization is { GrantStored: true, Status: not AuthorizationStatus.Finished })
            {
                // Claimed first: whoever finishes it at this moment either keeps the grant or gets no data source.
                authorization.Fail(AuthorizationStep.Consent, "The authorization was cancelled.", "Start over to connect the account.");
                await db.SaveChangesAsync(cancellationToken);
                await vault.RevokeAsync(authorization.GrantId, authorization.WorkspaceId, cancellationToken);
            }

            if (authorization.Status == AuthorizationStatus.AwaitingConsent)
            {
                // Perhaps the consent page did not know us: the next attempt asks before it sends somebody there.
                await registrations.SuspectAsync(authorization.RegistrationId, cancellationToken);
            }

            // A callback that is at work notices that its row is gone, and takes back what it obtained.
            db.Authorizations.Remove(authorization);
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (VaultUnavailableException unavailable)
        {
            return TypedResults.Problem(
                type: "vault-unavailable", title: "The credential cannot be reached now.", statusCode: StatusCodes.Status503ServiceUnavailable,
                detail: $"{unavailable.Message} The authorization is cancelled all the same, and its access is given back within the hour.");
        }
        catch (DbUpdateConcurrencyException)
        {
            return TypedResults.Problem(
                type: "authorization-changed", title: "The authorization went on at the same moment.",
                statusCode: StatusCodes.Status409Conflict, detail: "Look at it again before cancelling.");
        }

        return TypedResults.NoContent();
    }
}
