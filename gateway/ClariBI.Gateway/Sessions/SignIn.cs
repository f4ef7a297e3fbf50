using System.ComponentModel.DataAnnotations;
using ClariBI.Gateway.Accounts;
using ClariBI.Gateway.Edge;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace ClariBI.Gateway.Sessions;

public sealed record SignInRequest([Required, StringLength(254)] string Email, [Required, StringLength(200)] string Password);

internal static class SignIn
{
    public static void MapSignIn(this IEndpointRouteBuilder session) =>
        session.MapPost("/", HandleAsync).AllowAnonymous().RequireRateLimiting(Limits.SignIn)
            .WithName(nameof(SignIn)).WithSummary("Sign in");

    private static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> HandleAsync(
        SignInRequest request, HttpContext context, UserManager<Account> accounts, SessionReader reader, CancellationToken cancellationToken)
    {
        var account = await accounts.FindByEmailAsync(request.Email);
        if (account is null)
        {
            // As much work as for an account that exists, so that the time taken does not tell which addresses do.
            accounts.PasswordHasher.HashPassword(new Account { DisplayName = "", CreatedAt = default }, request.Password);
            return Failed();
        }

        if (await accounts.IsLockedOutAsync(account))
        {
            return Failed();
        }

        if (!await accounts.CheckPasswordAsync(account, request.Password))
        {
            await accounts.AccessFailedAsync(account);
            return Failed();
        }

        await accounts.ResetAccessFailedCountAsync(account);
        var membership = await reader.FirstMembershipAsync(account.Id, cancellationToken);
        if (membership is null)
        {
            return Failed();
        }

        await SessionCookie.SignInAsync(context, account, membership);
        return TypedResults.Ok(await reader.ReadAsync(account, membership.WorkspaceId, cancellationToken));
    }

    private static ProblemHttpResult Failed() => TypedResults.Problem(
        type: "sign-in-failed", title: "The e-mail address or the password is not right.", statusCode: StatusCodes.Status401Unauthorized,
        detail: "Check both and try again. After five wrong passwords the account is locked for five minutes.");
}
