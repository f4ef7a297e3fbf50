using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace ClariBI.ServiceDefaults.Callers;

/// <summary>
/// The signed-in person behind a request and the workspace it acts in. A handler that takes one as a parameter gets it from
/// the request's identity: the session cookie in the all-in-one process, the gateway's internal token elsewhere.
/// </summary>
/// <param name="Role"><c>owner</c> or <c>member</c>.</param>
/// <param name="RunsInstallation">Whether the person may change what all workspaces share, in whichever workspace.</param>
public sealed record Caller(Guid UserId, string Name, Guid WorkspaceId, string Role, bool RunsInstallation = false)
{
    public bool IsOwner => Role == "owner";

    /// <summary>Reads the claims that <see cref="ToClaims"/> wrote.</summary>
    /// <exception cref="InvalidOperationException">The endpoint does not require <see cref="CallerPolicy"/>.</exception>
    public static Caller From(ClaimsPrincipal principal) =>
        TryFrom(principal) ?? throw new InvalidOperationException("The request has no caller: the endpoint must require authorization.");

    public static Caller? TryFrom(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(CallerClaims.UserId), out var user)
        && Guid.TryParse(principal.FindFirstValue(CallerClaims.WorkspaceId), out var workspace)
            ? new Caller(
                user, principal.FindFirstValue(CallerClaims.Name) ?? "", workspace, principal.FindFirstValue(CallerClaims.Role) ?? "member",
                principal.HasClaim(CallerClaims.Installation, "true"))
            : null;

    public static ValueTask<Caller?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult<Caller?>(From(context.User));
    }

    public IEnumerable<Claim> ToClaims() =>
    [
        new(CallerClaims.UserId, UserId.ToString()),
        new(CallerClaims.Name, Name),
        new(CallerClaims.WorkspaceId, WorkspaceId.ToString()),
        new(CallerClaims.Role, Role),
        .. RunsInstallation ? [new Claim(CallerClaims.Installation, "true")] : Array.Empty<Claim>(),
    ];
}

public static class CallerClaims
{
    public const string UserId = "sub";
    public const string Name = "name";
    public const string WorkspaceId = "workspace";
    public const string Role = "role";

    /// <summary><c>true</c>, or not there.</summary>
    public const string Installation = "installation";
}
