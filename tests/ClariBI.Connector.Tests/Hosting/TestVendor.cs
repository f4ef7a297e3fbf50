using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClariBI.Connector.Tests.Hosting;

/// <summary>
/// A vendor over real HTTP: OAuth with registration, consent that is given at once, refresh and revocation, and an MCP server
/// written out by hand so that it agrees with nothing of the SDK's but the specification.
/// </summary>
public sealed partial class TestVendor : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, (string Challenge, string Resource, string RedirectUri)> codes = new();
    private readonly ConcurrentDictionary<string, bool> sessions = new();

    private TestVendor(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    /// <summary>Answers a path with a status of its own, for as long as the entry stands.</summary>
    public ConcurrentDictionary<string, HttpStatusCode> Faults { get; } = new();

    public ConcurrentDictionary<string, bool> AccessTokens { get; } = new();

    public ConcurrentDictionary<string, bool> RefreshTokens { get; } = new();

    /// <summary>The body of every tools/call, in order.</summary>
    public ConcurrentQueue<JsonObject> Calls { get; } = new();

    public ConcurrentQueue<string> Revocations { get; } = new();

    public int Registrations { get; private set; }

    public int Refreshes { get; private set; }

    public int Initializations { get; private set; }

    /// <summary>What the consent page answers instead of a code.</summary>
    public string? ConsentError { get; set; }

    /// <summary>Sent as <c>iss</c> with the callback; null leaves it out.</summary>
    public string? CallbackIssuer { get; set; }

    public bool AnnouncesIssuer { get; set; }

    /// <summary>What the metadata claims to be for; null is the truth.</summary>
    public string? ClaimedResource { get; set; }

    public string? ClaimedIssuer { get; set; }

    public string? TokenError { get; set; }

    public int ExpiresIn { get; set; } = 3600;

    public IReadOnlyList<string> Projects { get; set; } = ["100001"];

    public JsonArray Tools { get; } = TestTools.All();

    /// <summary>Answers one tools/call instead of the usual text.</summary>
    public Func<HttpContext, JsonObject, Task<bool>>? OnCall { get; set; }

    /// <summary>Answers any request instead of the vendor, by returning true.</summary>
    public Func<HttpContext, Task<bool>>? Intercept { get; set; }

    public string Organization { get; set; } = "Acme";

    public string? OrganizationId { get; set; }

    public static async Task<TestVendor> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var vendor = new TestVendor(builder.Build());
        vendor.Map();
        await vendor.app.StartAsync();
        return vendor;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>Every session is unknown from now on.</summary>
    public void ForgetSessions() => sessions.Clear();

    public void ForgetTokens()
    {
        AccessTokens.Clear();
        RefreshTokens.Clear();
    }

    private void Map()
    {
        app.Use(async (context, next) =>
        {
            if (Faults.TryGetValue(context.Request.Path, out var status))
            {
                context.Response.StatusCode = (int)status;
                return;
            }

            if (Intercept is not null && await Intercept(context))
            {
                return;
            }

            await next();
        });
        app.MapGet("/health", () => "ok");
        app.MapGet("/.well-known/oauth-protected-resource", () => new
        {
            resource = ClaimedResource ?? Url,
            authorization_servers = new[] { Url },
            scopes_supported = new[] { "mcp:read", "mcp:write" },
        });
        app.MapGet("/.well-known/oauth-authorization-server", () => new
        {
            issuer = ClaimedIssuer ?? Url,
            authorization_endpoint = $"{Url}/authorize?tenant=acme",
            token_endpoint = $"{Url}/token",
            registration_endpoint = $"{Url}/register",
            revocation_endpoint = $"{Url}/revoke",
            code_challenge_methods_supported = new[] { "S256" },
            token_endpoint_auth_methods_supported = new[] { "client_secret_post", "none" },
            scopes_supported = new[] { "mcp:read", "mcp:write", "offline_access" },
            authorization_response_iss_parameter_supported = AnnouncesIssuer,
        });
        app.MapPost("/register", () =>
        {
            Registrations++;
            return Results.Json(new { client_id = $"client-{Registrations}", client_secret = "secret-of-the-client", token_endpoint_auth_method = "client_secret_post" }, statusCode: 201);
        });
        app.MapGet("/authorize", (Delegate)Authorize);
        app.MapPost("/token", (Delegate)TokenAsync);
        app.MapPost("/revoke", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync();
            Revocations.Enqueue($"{form["token_type_hint"]}");
            AccessTokens.TryRemove(form["token"].ToString(), out _);
            RefreshTokens.TryRemove(form["token"].ToString(), out _);
        });
        app.MapPost("/mcp", McpAsync);
        app.MapDelete("/mcp", EndSession);
    }

    private async Task McpAsync(HttpContext context)
    {
        var bearer = context.Request.Headers.Authorization.ToString();
        if (!bearer.StartsWith("Bearer ", StringComparison.Ordinal) || !AccessTokens.ContainsKey(bearer["Bearer ".Length..]))
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate =
                $"Bearer realm=\"OAuth, of \\\"Test\\\"\", resource_metadata=\"{Url}/.well-known/oauth-protected-resource\", error=\"invalid_token\"";
            return;
        }

        var request = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        var method = (string?)request["method"];
        if (method == "initialize")
        {
            Initializations++;
            if (!Sessionless)
            {
                var session = Random();
                sessions[session] = true;
                context.Response.Headers["Mcp-Session-Id"] = session;
            }

            await ReplyAsync(context, request, new JsonObject
            {
                ["protocolVersion"] = "2025-06-18",
                ["capabilities"] = new JsonObject { ["tools"] = new JsonObject() },
                ["serverInfo"] = new JsonObject { ["name"] = "test", ["version"] = "1" },
            });
            return;
        }

        if (method == "server/discover")
        {
            await ErrorAsync(context, request, -32601, "Method not found");
            return;
        }

        var named = context.Request.Headers["Mcp-Session-Id"].ToString();
        if (named.Length == 0 ? !Sessionless : !sessions.ContainsKey(named))
        {
            await RefuseSessionAsync(context, request);
            return;
        }

        switch (method)
        {
            case "tools/list":
                await ListAsync(context, request);
                break;
            case "tools/call":
                await CallAsync(context, request);
                break;
            default:
                Notifications.Enqueue(request);
                context.Response.StatusCode = 202;
                break;
        }
    }

    private async Task CallAsync(HttpContext context, JsonObject request)
    {
        var call = request["params"]!.AsObject();
        Calls.Enqueue((JsonObject)call.DeepClone());
        if (OnCall is not null && await OnCall(context, request))
        {
            return;
        }

        var text = (string?)call["name"] == "get_amplitude_context"
            ? new JsonObject
            {
                ["user"] = new JsonObject { ["name"] = "Sam" },
                ["organization"] = new JsonObject { ["name"] = Organization, ["id"] = OrganizationId },
                ["projects"] = new JsonArray([.. Projects.Select(id => new JsonObject { ["appId"] = id, ["name"] = $"Project {id}", ["timezone"] = "Europe/Prague" })]),
            }.ToJsonString()
            : """{"success":true}""";
        await ReplyAsync(context, request, Text(text));
    }

    private static string Random() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
}
