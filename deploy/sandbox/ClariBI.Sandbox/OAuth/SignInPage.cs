using System.Net;
using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.OAuth;

internal static class SignInPage
{
    public static IResult Render(AuthorizationRequest request, Client client, IReadOnlyList<Account> accounts, string region, int status = StatusCodes.Status200OK)
    {
        var choices = string.Concat(accounts.Select(account => $"""
            <button class="account" name="account" value="{WebUtility.HtmlEncode(account.Email)}">{WebUtility.HtmlEncode(account.Name)}
            <small>{WebUtility.HtmlEncode(account.Email)} - {WebUtility.HtmlEncode(account.Role)}</small></button>
            """));
        return Pages.Html("Sign in", $"""
            <p>Choose an account to continue to <strong><bdi>{WebUtility.HtmlEncode(client.Name)}</bdi></strong> in the {region.ToUpperInvariant()} region.
            This is a sandbox: the accounts are made up, and there are no passwords.</p>
            <form method="post" action="/sign-in">{request.HiddenFields()}{choices}</form>
            """, status);
    }
}
