using System.Security.Claims;
using ClariBI.Gateway.Accounts;
using ClariBI.Gateway.Data;
using ClariBI.Gateway.Workspaces;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClariBI.Gateway.Sessions;

/// <summary>
/// The session: an encrypted, HttpOnly cookie that names an <see cref="OpenSession"/>, the account, the workspace in use and the
/// account's security stamp.
/// </summary>
internal static class SessionCookie
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
    private const string Stamp = "stamp";
    private const string SessionId = "session";

    public static string NameFor(GatewayOptions options) => options.IsHttps ? "__Host-claribi-session" : "claribi-session";

    /// <summary>Begins a session, or goes on with the account's own in another workspace.</summary>
    public static async Task SignInAsync(HttpContext context, Account account, Membership membership)
    {
        var db = context.RequestServices.GetRequiredService<GatewayDbContext>();
        var session = await db.OpenSessions.FindAsync([SessionOf(context.User)], context.RequestAborted);
        if (session?.AccountId != account.Id)
        {
            var clock = context.RequestServices.GetRequiredService<TimeProvider>();
            session = new OpenSession { AccountId = account.Id, BegunAt = clock.GetUtcNow() };
            db.OpenSessions.Add(session);
            await db.SaveChangesAsync(context.RequestAborted);
        }

        var runs = await db.IsRunByAsync(account.Id, context.RequestAborted);
        await context.SignInAsync(
            Scheme, PrincipalOf(session.Id, account, membership, runs), new AuthenticationProperties { IsPersistent = true });
    }

    /// <summary>Ends the session for every copy of its cookie.</summary>
    public static async Task SignOutAsync(HttpContext context)
    {
        var db = context.RequestServices.GetRequiredService<GatewayDbContext>();
        var id = SessionOf(context.User);
        await db.OpenSessions.Where(session => session.Id == id).ExecuteDeleteAsync(context.RequestAborted);
        await context.SignOutAsync(Scheme);
    }

    public static void Configure(CookieAuthenticationOptions cookie, IOptions<GatewayOptions> gateway)
    {
        cookie.Cookie.Name = NameFor(gateway.Value);
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = gateway.Value.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        cookie.ExpireTimeSpan = gateway.Value.SessionLifetime;
        cookie.SlidingExpiration = true;
        cookie.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
        cookie.Events.OnValidatePrincipal = ValidateAsync;
    }

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>A cookie outlives what it says: the session may have been ended, the account may be gone, its password changed, its membership ended, its role or its right to run the installation changed.</summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var caller = Caller.TryFrom(context.Principal!);
        var session = SessionOf(context.Principal!);
        if (caller is not null)
        {
            var db = context.HttpContext.RequestServices.GetRequiredService<GatewayDbContext>();
            var found = await db.Memberships
                .Where(membership => membership.AccountId == caller.UserId && membership.WorkspaceId == caller.WorkspaceId)
                .Where(membership => db.OpenSessions.Any(open => open.Id == session && open.AccountId == membership.AccountId))
                .Join(db.Users, membership => membership.AccountId, account => account.Id, (membership, account) => new { membership, account })
                .AsNoTracking().FirstOrDefaultAsync(context.HttpContext.RequestAborted);
            if (found is not null && found.account.SecurityStamp == context.Principal!.FindFirstValue(Stamp))
            {
                var runs = await db.IsRunByAsync(caller.UserId, context.HttpContext.RequestAborted);
                if (RoleOf(found.membership) != caller.Role || runs != caller.RunsInstallation)
                {
                    context.ReplacePrincipal(PrincipalOf(session, found.account, found.membership, runs));
                    context.ShouldRenew = true;
                }

                return;
            }
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Scheme);
    }

    private static Guid SessionOf(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(SessionId), out var id) ? id : Guid.Empty;

    private static ClaimsPrincipal PrincipalOf(Guid session, Account account, Membership membership, bool runsInstallation)
    {
        var caller = new Caller(account.Id, account.DisplayName, membership.WorkspaceId, RoleOf(membership), runsInstallation);
        Claim[] claims = [.. caller.ToClaims(), new(Stamp, account.SecurityStamp!), new(SessionId, session.ToString())];
        return new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme, CallerClaims.Name, CallerClaims.Role));
    }

    private static string RoleOf(Membership membership) => membership.Role == WorkspaceRole.Owner ? "owner" : "member";
}
