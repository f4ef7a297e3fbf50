using ClariBI.Gateway.Data;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClariBI.Gateway.Sessions;

public sealed record SwitchWorkspaceRequest(Guid WorkspaceId);

internal static class SwitchWorkspace
{
    public static void MapSwitchWorkspace(this IEndpointRouteBuilder session) =>
        session.MapPut("/workspace", HandleAsync).WithName(nameof(SwitchWorkspace)).WithSummary("Use another workspace from now on");

    private static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> HandleAsync(
        SwitchWorkspaceRequest request, Caller caller, HttpContext context, GatewayDbContext db, SessionReader reader, CancellationToken cancellationToken)
    {
        var membership = await db.Memberships.FindAsync([request.WorkspaceId, caller.UserId], cancellationToken);
        var account = await db.Users.FindAsync([caller.UserId], cancellationToken);
        if (membership is null || account is null)
        {
            return TypedResults.Problem(
                type: "workspace-not-found", title: "You have no workspace with this id.", statusCode: StatusCodes.Status404NotFound);
        }

        await SessionCookie.SignInAsync(context, account, membership);
        return TypedResults.Ok(await reader.ReadAsync(account, membership.WorkspaceId, cancellationToken));
    }
}
