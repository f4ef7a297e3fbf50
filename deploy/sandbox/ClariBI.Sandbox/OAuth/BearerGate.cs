using System.Security.Claims;
using ClariBI.Sandbox.Admin;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.OAuth;

/// <summary>Lets only live access tokens reach /mcp; the challenge has the hosted server's exact form.</summary>
internal sealed class BearerGate(RequestDelegate next, GrantStore grants, PublicOrigin origin, Regions regions, Faults faults)
{
    public const string GrantClaim = "grant";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/mcp"))
        {
            await next(context);
            return;
        }

        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            await ChallengeAsync(context, "invalid_request", "Missing authorization header");
            return;
        }

        var grant = grants.FindByAccessToken(header["Bearer ".Length..].Trim(), regions.Of(context));
        if (grant is null || faults.Strikes("unauthorized", McpRequest.Of(context)) is not null)
        {
            await ChallengeAsync(context, "invalid_token", "The access token is invalid or has expired");
            return;
        }

        // The session manager ties a session to this name, so one grant cannot ride on another's session.
        context.User = new(new ClaimsIdentity([new(GrantClaim, grant.Id), new(ClaimTypes.NameIdentifier, grant.Id)], "Bearer"));
        context.Items[GrantClaim] = grant;
        if (RequestLog.EntryOf(context) is { } entry)
        {
            entry.GrantId = grant.Id;
        }

        await next(context);
    }

    private async Task ChallengeAsync(HttpContext context, string error, string description)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate =
            $"Bearer realm=\"OAuth\", resource_metadata=\"{origin.Of(context)}{Discovery.ProtectedResourcePath}\", error=\"{error}\", error_description=\"{description}\"";
        await context.Response.WriteAsJsonAsync(new { error, error_description = description }, context.RequestAborted);
    }
}
