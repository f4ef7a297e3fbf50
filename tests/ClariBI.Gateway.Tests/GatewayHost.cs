using System.Net.Http.Json;
using System.Text.Json;
using ClariBI.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Shouldly;

namespace ClariBI.Gateway.Tests;

/// <summary>The gateway with a database of its own, in front of one real service that answers what it was sent.</summary>
public sealed class GatewayHost : WebApplicationFactory<Program>
{
    private readonly TemporaryFolder folder = new();
    private readonly WebApplication service = StartService();

    public bool OpenRegistration { get; init; }

    public string PublicUrl { get; init; } = "http://localhost:8080";

    public int SignInsPerMinute { get; init; } = 1000;

    public string Folder => folder.Path;

    /// <summary>A browser of its own: cookies are kept.</summary>
    public HttpClient NewBrowser() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new Uri(PublicUrl) });

    public static async Task<JsonElement> RegisterAsync(HttpClient browser, string email, CancellationToken ct)
    {
        var response = await browser.PostAsJsonAsync(
            "/api/accounts", new { email, password = "correct horse battery", displayName = "Ada", workspaceName = "Acme" }, ct);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(ct));
        return await response.Content.ReadFromJsonAsync<JsonElement>(ct);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        var address = service.Urls.Single();
        builder.UseSetting("Internal:Key", Convert.ToBase64String(new byte[32]));
        builder.UseSetting("Database:Folder", folder.Path);
        builder.UseSetting("Gateway:PublicUrl", PublicUrl);
        builder.UseSetting("Gateway:OpenRegistration", OpenRegistration.ToString());
        builder.UseSetting("Gateway:SignInsPerMinute", SignInsPerMinute.ToString(System.Globalization.CultureInfo.InvariantCulture));
        builder.UseSetting("Gateway:Services:connector", address);
        builder.UseSetting("Gateway:Services:planner", "http://127.0.0.1:9"); // The discard port: nobody listens.
        builder.UseSetting("Gateway:Services:charts", address);
        builder.UseSetting("Gateway:Services:vault", address);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await service.DisposeAsync();
        folder.Dispose();
    }

    private static WebApplication StartService()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Map("/{**path}", (HttpRequest request) => Results.Json(new
        {
            path = request.Path.Value,
            authorization = request.Headers.Authorization.ToString(),
            cookie = request.Headers.Cookie.ToString(),
        }));
        app.StartAsync().GetAwaiter().GetResult();
        return app;
    }
}
