using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClariBI.Gateway.Sessions;

internal static class SignOut
{
    public static void MapSignOut(this IEndpointRouteBuilder session) =>
        session.MapDelete("/", (Delegate)HandleAsync).AllowAnonymous().WithName(nameof(SignOut)).WithSummary("Sign out");

    private static async Task<NoContent> HandleAsync(HttpContext context)
    {
        await SessionCookie.SignOutAsync(context);
        return TypedResults.NoContent();
    }
}
