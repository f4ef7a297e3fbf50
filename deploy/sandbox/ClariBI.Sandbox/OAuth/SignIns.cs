using System.Collections.Concurrent;
using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.OAuth;

/// <summary>Which account a browser chose. There are no passwords; a restart signs everyone out.</summary>
internal sealed class SignIns(Workspace workspace, Regions regions)
{
    private const int Capacity = 10_000;
    private readonly ConcurrentDictionary<string, string> emails = new();

    public void SignIn(HttpContext context, Account account)
    {
        if (emails.Count >= Capacity)
        {
            emails.Clear();
        }

        var secret = Secrets.New("amp_si_");
        emails[Secrets.Hash(secret)] = account.Email;
        context.Response.Cookies.Append(CookieName(context), secret, new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", Secure = context.Request.IsHttps });
    }

    public Account? Of(HttpContext context) =>
        context.Request.Cookies[CookieName(context)] is { } secret && emails.TryGetValue(Secrets.Hash(secret), out var email) ? workspace.FindAccount(email) : null;

    /// <summary>Browsers send the cookies of one port to the others too, so the name tells the region.</summary>
    private string CookieName(HttpContext context) => "sandbox_sign_in_" + regions.Of(context);
}
