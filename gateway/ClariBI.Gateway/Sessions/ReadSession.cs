using ClariBI.Gateway.Accounts;
using ClariBI.Gateway.Data;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClariBI.Gateway.Sessions;

internal static class ReadSession
{
    public static void MapReadSession(this IEndpointRouteBuilder session) =>
        session.MapGet("/", HandleAsync).AllowAnonymous().WithName(nameof(ReadSession)).WithSummary("Who is signed in, and in which workspace");

    private static async Task<Ok<SessionResponse>> HandleAsync(
        HttpContext context, GatewayDbContext db, SessionReader reader, CancellationToken cancellationToken)
    {
        var caller = Caller.TryFrom(context.User);
        Account? account = caller is null ? null : await db.Users.FindAsync([caller.UserId], cancellationToken);
        return TypedResults.Ok(await reader.ReadAsync(account, caller?.WorkspaceId, cancellationToken));
    }
}
