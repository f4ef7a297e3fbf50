using System.Net;

namespace ClariBI.Sandbox;

/// <summary>
/// Against DNS rebinding: a page somewhere on the web may make its own host name point to this machine. So what arrives on a loopback
/// address must name a loopback host or one of ours, in Host and, where there is one, in Origin.
/// </summary>
internal sealed class OwnHosts(RequestDelegate next, SandboxOptions options)
{
    private readonly string[] own =
    [
        .. new[] { options.PublicUrl, options.EuPublicUrl }.OfType<string>().Select(url => new Uri(url).Host),
        .. SandboxOptions.Split(options.Urls).Concat(SandboxOptions.Split(options.EuUrls)).Select(url => BindingAddress.Parse(url).Host),
    ];

    public Task InvokeAsync(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (!ArrivesOnLoopback(context) || (IsOurs(context.Request.Host.Host) && (origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && IsOurs(page.Host)))))
        {
            return next(context);
        }

        return JsonRpcError.WriteAsync(context, StatusCodes.Status403Forbidden, -32000, "Forbidden: the Host or Origin header names a host that is not this server's");
    }

    private static bool ArrivesOnLoopback(HttpContext context) => context.Connection.LocalIpAddress is { } address && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private bool IsOurs(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))
        || own.Contains(host, StringComparer.OrdinalIgnoreCase);
}
