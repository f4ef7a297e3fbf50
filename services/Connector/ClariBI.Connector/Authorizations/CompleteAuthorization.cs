using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace ClariBI.Connector.Authorizations;

/// <summary>
/// Where the vendor sends the browser back to. State, browser, person, age and issuer are checked before the code is spent.
/// What does not belong to the person who began is left alone: a stranger must not be able to end somebody's attempt.
/// </summary>
internal static class CompleteAuthorization
{
    public static void MapCompleteAuthorization(this IEndpointRouteBuilder connector) =>
        connector.MapGet("/api/oauth/callback", HandleAsync).WithName(nameof(CompleteAuthorization))
            .WithSummary("Return from the vendor's consent page").AllowAnonymous()
            .Produces(StatusCodes.Status303SeeOther);

    private static async Task<SeeOther> HandleAsync(
        [AsParameters] Callback callback, HttpContext context, BrowserBinding browser, AuthorizationCompletion completion, CancellationToken cancellationToken)
    {
        if (Caller.TryFrom(context.User) is not { } caller)
        {
            return new SeeOther("/oauth/done?problem=sign-in-required");
        }

        var authorization = await completion.TakeAsync(callback, caller, browser.Read(context), cancellationToken);
        if (authorization is null)
        {
            return new SeeOther("/oauth/done?problem=authorization-not-found");
        }

        if (authorization.Status == AuthorizationStatus.Completing)
        {
            // The code is spent once; closing the popup must not leave tokens behind that nobody knows of.
            await completion.CompleteAsync(authorization, callback.Code!);
        }

        return new SeeOther($"/oauth/done?authorization={authorization.Id}");
    }
}

internal sealed record Callback(
    [property: FromQuery(Name = "code")] string? Code,
    [property: FromQuery(Name = "state")] string? State,
    [property: FromQuery(Name = "iss")] string? Issuer,
    [property: FromQuery(Name = "error")] string? Error);

/// <summary>303: the address is read with GET, and the callback's query stays out of the next referrer.</summary>
internal sealed class SeeOther(string location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = location;
        httpContext.Response.Headers["Referrer-Policy"] = "no-referrer";
        httpContext.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
