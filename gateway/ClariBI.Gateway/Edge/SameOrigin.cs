using Microsoft.AspNetCore.Http;

namespace ClariBI.Gateway.Edge;

/// <summary>
/// Refuses what another site's page asks a browser to send with our cookie. Browsers say where a request comes from
/// (<c>Sec-Fetch-Site</c>, <c>Origin</c>) and pages cannot change it; a client that is not a browser sends neither.
/// </summary>
internal sealed class SameOrigin(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || IsOurs(request))
        {
            await next(context);
            return;
        }

        await TypedResults.Problem(
            type: "cross-site-request", title: "This request came from another site and was refused.",
            statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
    }

    private static bool IsOurs(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is "same-origin" or "none";
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority == request.Host.Value);
    }
}
