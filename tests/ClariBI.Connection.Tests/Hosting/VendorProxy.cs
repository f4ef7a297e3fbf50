using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClariBI.Connection.Tests.Hosting;

/// <summary>Stands between ClariBI and the vendor, so that a test can act at the moment when the vendor has answered and ClariBI does not know it yet.</summary>
internal sealed class VendorProxy : IAsyncDisposable
{
    private readonly HttpClient vendor = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly WebApplication app;

    private VendorProxy(WebApplication app) => this.app = app;

    public Uri Address { get; private init; } = null!;

    public Uri? Target { get; set; }

    /// <summary>Runs when the vendor's answer to a token request is here and not passed on; true: it never is.</summary>
    public Func<HttpContext, Task<bool>>? AfterToken { get; set; }

    public static async Task<VendorProxy> StartAsync()
    {
        var address = new Uri($"http://127.0.0.1:{ServiceProcess.FreePort()}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.ToString());
        var proxy = new VendorProxy(builder.Build()) { Address = address };
        proxy.app.Run(proxy.ForwardAsync);
        await proxy.app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        vendor.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(Target!, context.Request.Path + context.Request.QueryString.ToString()));
        request.Content = context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0 ? new StreamContent(context.Request.Body) : null;
        foreach (var header in context.Request.Headers.Where(header => !header.Key.StartsWith("Transfer-", StringComparison.OrdinalIgnoreCase)))
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable());
            }
        }

        using var response = await vendor.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        if (context.Request.Path == "/token" && AfterToken is { } act)
        {
            await response.Content.LoadIntoBufferAsync();
            if (await act(context))
            {
                context.Abort();
                return;
            }
        }

        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var header in response.Headers.Concat(response.Content.Headers).Where(header => !header.Key.StartsWith("Transfer-", StringComparison.OrdinalIgnoreCase)))
        {
            context.Response.Headers[header.Key] = header.Value.ToArray();
        }

        await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        await body.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
