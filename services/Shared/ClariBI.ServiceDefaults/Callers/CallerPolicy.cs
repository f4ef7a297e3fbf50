using Microsoft.AspNetCore.Authorization;

namespace ClariBI.ServiceDefaults.Callers;

/// <summary>The default policy of every endpoint: signed in, with a workspace. Anonymous endpoints say so.</summary>
internal static class CallerPolicy
{
    public static void Configure(AuthorizationOptions options)
    {
        var caller = new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser()
            .RequireClaim(CallerClaims.UserId)
            .RequireClaim(CallerClaims.WorkspaceId)
            .Build();
        options.DefaultPolicy = caller;
    }
}
