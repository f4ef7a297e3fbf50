using System.Buffers.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Authorizations;

/// <summary>
/// A cookie that ties an authorization to the browser it began in: whoever is sent somebody else's consent page cannot
/// complete it. Over https the name carries the <c>__Host-</c> prefix, so that no sibling domain can plant one. The path is
/// wider than the callback's because the start reads the cookie too: two attempts in two tabs then share it.
/// </summary>
internal sealed class BrowserBinding(IOptions<ConnectorOptions> options)
{
    private const int ValueLength = 43;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private readonly bool secure = options.Value.PublicUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private string Name => secure ? "__Host-claribi-oauth" : "claribi-oauth";

    /// <returns>This browser's value, a new one if it has none.</returns>
    public string Bind(HttpContext context)
    {
        var value = Read(context) ?? ConnectorSecrets.Random();
        context.Response.Cookies.Append(Name, value, new CookieOptions
        {
            HttpOnly = true,
            Secure = secure,
            SameSite = SameSiteMode.Lax,
            Path = secure ? "/" : "/api",
            MaxAge = Lifetime,
            IsEssential = true,
        });
        return value;
    }

    public string? Read(HttpContext context) =>
        context.Request.Cookies.TryGetValue(Name, out var value) && value.Length == ValueLength && Base64Url.IsValid(value) ? value : null;
}
