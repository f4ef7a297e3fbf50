using System.ComponentModel.DataAnnotations;
using ClariBI.Gateway.Data;
using ClariBI.Gateway.Edge;
using ClariBI.Gateway.Sessions;
using ClariBI.Gateway.Workspaces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClariBI.Gateway.Accounts;

public sealed record CreateAccountRequest(
    [Required, EmailAddress, StringLength(254)] string Email,
    [Required, StringLength(200, MinimumLength = 10, ErrorMessage = "Use a password of 10 to 200 characters.")] string Password,
    [Required, StringLength(80)] string DisplayName,
    [Required, StringLength(80)] string WorkspaceName);

internal static class CreateAccount
{
    public static void MapCreateAccount(this IEndpointRouteBuilder accounts) =>
        accounts.MapPost("/", HandleAsync).AllowAnonymous().RequireRateLimiting(Limits.SignIn)
            .WithName(nameof(CreateAccount)).WithSummary("Create an account with its first workspace, and sign in");

    private static async Task<Results<Created<SessionResponse>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        CreateAccountRequest request, HttpContext context, CreateAccountParts parts, CancellationToken cancellationToken)
    {
        var (accounts, db, reader, options, clock) = parts;
        var first = !await db.Users.AnyAsync(cancellationToken);
        if (!first && !options.Value.OpenRegistration)
        {
            return Closed();
        }

        if (await accounts.FindByEmailAsync(request.Email.Trim()) is not null)
        {
            return Taken();
        }

        var now = clock.GetUtcNow();
        var account = new Account
        {
            UserName = request.Email.Trim(),
            Email = request.Email.Trim(),
            DisplayName = request.DisplayName.Trim(),
            CreatedAt = now,
        };
        var workspace = Workspace.CreatedBy(account.Id, request.WorkspaceName, now);
        if (await RefusedPasswordAsync(accounts, account, request.Password) is { } refused)
        {
            return refused;
        }

        // Hashing takes a good part of a second, in which nobody else could write: before the transaction.
        account.PasswordHash = accounts.PasswordHasher.HashPassword(account, request.Password);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (first && !options.Value.OpenRegistration)
            {
                db.FirstAccounts.Add(new FirstAccount { AccountId = account.Id });
            }

            // The manager saves at once: everything before the commit is one unit.
            var created = await accounts.CreateAsync(account);
            if (!created.Succeeded)
            {
                // Somebody registered the address since it was looked up.
                return created.Errors.Any(error => error.Code.StartsWith("Duplicate", StringComparison.Ordinal)) ? Taken() : Invalid(created.Errors);
            }

            db.Workspaces.Add(workspace);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException) when (first)
        {
            return Closed();
        }

        await SessionCookie.SignInAsync(context, account, workspace.Members[0]);
        return TypedResults.Created("/api/session", await reader.ReadAsync(account, workspace.Id, cancellationToken));
    }

    private static async Task<ValidationProblem?> RefusedPasswordAsync(UserManager<Account> accounts, Account account, string password)
    {
        var errors = new List<IdentityError>();
        foreach (var validator in accounts.PasswordValidators)
        {
            errors.AddRange((await validator.ValidateAsync(accounts, account, password)).Errors);
        }

        return errors.Count == 0 ? null : Invalid(errors);
    }

    private static ValidationProblem Invalid(IEnumerable<IdentityError> errors) => TypedResults.ValidationProblem(
        errors.GroupBy(error => error.Code).ToDictionary(group => group.Key, group => group.Select(error => error.Description).ToArray()));

    private static ProblemHttpResult Taken() => TypedResults.Problem(
        type: "email-taken", title: "An account with this e-mail address exists.", detail: "Sign in with it instead.",
        statusCode: StatusCodes.Status409Conflict);

    private static ProblemHttpResult Closed() => TypedResults.Problem(
        type: "registration-closed", title: "New accounts are by invitation.", detail: "Ask an owner of your workspace.",
        statusCode: StatusCodes.Status403Forbidden);
}

/// <summary>What creating an account needs besides the request.</summary>
internal sealed record CreateAccountParts(
    UserManager<Account> Accounts, GatewayDbContext Db, SessionReader Reader, IOptions<GatewayOptions> Options, TimeProvider Clock);
