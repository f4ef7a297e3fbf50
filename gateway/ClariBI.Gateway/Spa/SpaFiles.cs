using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace ClariBI.Gateway.Spa;

/// <summary>Serves the built SPA: hashed assets for a year, the page itself always fresh, and the page for every address that is not the API.</summary>
internal static class SpaFiles
{
    public static void UseSpaFiles(this WebApplication app)
    {
        if (Find(app) is { } files)
        {
            app.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = SetCaching });
        }
    }

    /// <summary>
    /// Answers with the page where no endpoint has the address. Not a fallback route: one would also catch a wrong method or
    /// content type under <c>/api</c> and turn it into a 404.
    /// </summary>
    public static void UseSpaPage(this WebApplication app)
    {
        if (Find(app) is { } files)
        {
            app.Use((context, next) =>
            {
                if (context.GetEndpoint() is null && IsPage(context.Request))
                {
                    context.Request.Path = "/index.html";
                }

                return next(context);
            });
            app.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = SetCaching });
        }
    }

    private static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && !Path.HasExtension(request.Path.Value);

    private static PhysicalFileProvider? Find(WebApplication app)
    {
        var folder = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.WebRoot;
        if (folder.Length == 0)
        {
            return null;
        }

        var path = Path.GetFullPath(folder);
        return File.Exists(Path.Combine(path, "index.html"))
            ? new PhysicalFileProvider(path)
            : throw new InvalidOperationException(
                $"Gateway__WebRoot names {path}, which holds no index.html. Build the web app first: npm ci && npm run build in web-ui.");
    }

    private static void SetCaching(StaticFileResponseContext context) =>
        context.Context.Response.Headers.CacheControl =
            context.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
}
