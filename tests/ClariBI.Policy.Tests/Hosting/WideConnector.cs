using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Connector;
using ClariBI.Contracts.Connector;
using ClariBI.CredentialVault;
using ClariBI.Messaging;
using ClariBI.ServiceDefaults;
using ClariBI.ServiceDefaults.Callers;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClariBI.Policy.Tests.Hosting;

/// <summary>
/// Connector and vault in one process, with an operator's catalogue that asks for the scope to write: the vendor would let everything
/// through, so that only the policy is left. <see cref="Profiled"/> has the catalogue's tools, <see cref="Unknown"/> none. One of them at a
/// time: what signs in to one vendor may not be asked for another.
/// </summary>
internal sealed class WideConnector : IAsyncDisposable
{
    public const string Profiled = "amplitude";
    public const string Unknown = "stranger";

    private readonly WebApplication app;
    private readonly string folder;
    private readonly Caller caller = new(Guid.NewGuid(), "Ada", Guid.NewGuid(), "owner");
    private string? cookie;

    private WideConnector(WebApplication app, string folder) => (this.app, this.folder) = (app, folder);

    public IServiceProvider Services => app.Services;

    /// <param name="vendor">The only row with the sandbox's address: a sign-in server belongs to one vendor.</param>
    public static async Task<WideConnector> StartAsync(Uri sandbox, string vendor)
    {
        var folder = Directory.CreateTempSubdirectory("claribi-policy-").FullName;
        var catalogue = Path.Combine(folder, "catalogue.json");
        await File.WriteAllTextAsync(catalogue, await CatalogueAsync(sandbox, vendor));
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Internal:Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Database:Folder"] = folder,
            ["Vault:KeyFile"] = Path.Combine(folder, "keys.json"),
            ["Connector:PublicUrl"] = "http://localhost:8080",
            ["Connector:CatalogueFile"] = catalogue,
            ["Outbound:AllowedOrigins:0"] = sandbox.GetLeftPart(UriPartial.Authority),
        });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseTestServer();
        builder.AddServiceDefaults("test");
        builder.AddInternalCallers("connector");
        builder.AddConnector().AddCredentialVault();
        builder.AddMessaging(bus =>
        {
            bus.AddConnectorConsumers();
            bus.AddCredentialVaultConsumers();
        });
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapConnector();
        await app.StartAsync();
        return new WideConnector(app, folder);
    }

    /// <returns>The id of a data source whose grant may write.</returns>
    public async Task<Guid> ConnectAsync(string vendor)
    {
        var started = await SendAsync(HttpMethod.Post, "/api/authorizations", new { vendor, region = "here" });
        var callback = await Consent.GiveAsync(new Uri(started.GetProperty("authorizeUrl").GetString()!));
        using (var response = await RawAsync(HttpMethod.Get, callback.PathAndQuery, null))
        {
            response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        }

        var id = started.GetProperty("id").GetString();
        var source = await SendAsync(HttpMethod.Post, "/api/data-sources", new { authorizationId = id, name = $"Shop {vendor}", projectId = SandboxProcess.Project });
        return source.GetProperty("id").GetGuid();
    }

    /// <summary>What the engine would send, with any text for arguments.</summary>
    public async Task<object> CallAsync(Guid source, string tool, string arguments)
    {
        var client = app.Services.GetRequiredService<IBus>().CreateRequestClient<CallTool>(RequestTimeout.After(s: 60));
        var answer = await client.GetResponse<ToolCallCompleted, ToolCallFailed>(
            new CallTool(caller.WorkspaceId, source, tool, arguments, null, "Ada", TimeSpan.FromSeconds(30)));
        return answer.Message;
    }

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var response = await RawAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<HttpResponseMessage> RawAsync(HttpMethod method, string path, object? body)
    {
        using var client = app.GetTestClient();
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Services.GetRequiredService<InternalTokens>().Issue(caller, "connector"));
        request.Content = body is null ? null : JsonContent.Create(body);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        var response = await client.SendAsync(request);
        cookie = response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.First().Split(';')[0] : cookie;
        return response;
    }

    private static async Task<string> CatalogueAsync(Uri sandbox, string vendor)
    {
        await using var stream = typeof(ConnectorOptions).Assembly.GetManifestResourceStream("ClariBI.Connector.Vendors.Catalogue.amplitude.json")!;
        var row = (await JsonNode.ParseAsync(stream))!.AsArray().First(row => (string?)row!["id"] == Profiled)!.DeepClone().AsObject();
        row["scopes"] = new JsonArray("mcp:read", "mcp:write", "offline_access");
        row["regions"] = new JsonArray(new JsonObject { ["id"] = "here", ["name"] = "Here", ["url"] = new Uri(sandbox, "/mcp").ToString() });
        if (vendor == Unknown)
        {
            (row["id"], row["name"]) = (Unknown, "Stranger");
            row.Remove("tools");
        }

        return new JsonArray(row).ToJsonString();
    }
}
