using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ClariBI.Connector.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace ClariBI.Connector.Tests.Authorizations;

/// <summary>What came to a vendor: form or JSON body, query and headers together.</summary>
public sealed record Received(string Method, string Path, Dictionary<string, string> Values, JsonObject? Json, string? Authorization);

/// <summary>
/// An MCP server and its authorization server whose every document and answer a test may replace: what it publishes, where,
/// how it challenges. Answers nothing else, so that a request to a wrong place is a 404.
/// </summary>
public sealed class RuleVendor : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, string> challenges = new();
    private int counter;

    private RuleVendor(WebApplication app)
    {
        this.app = app;
        Publish("/.well-known/oauth-protected-resource/mcp", () => new JsonObject
        {
            ["resource"] = Server,
            ["authorization_servers"] = new JsonArray(Url),
        });
        Publish("/.well-known/oauth-authorization-server", Metadata);
        Answers["POST /register"] = context =>
        {
            Registrations++;
            return context.Response.WriteAsJsonAsync(new { client_id = $"client-{Registrations}", token_endpoint_auth_method = "none" });
        };
        Answers["GET /authorize"] = ConsentAsync;
        Answers["POST /token"] = TokenAsync;
    }

    public string Url => app.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    public string Server => $"{Url}/mcp";

    /// <summary>By method and path.</summary>
    public ConcurrentDictionary<string, Func<HttpContext, Task>> Answers { get; } = new();

    public ConcurrentQueue<Received> Requests { get; } = new();

    public int Registrations { get; private set; }

    /// <summary>Set by a test: changes the metadata of the authorization server.</summary>
    public Action<JsonObject> OnMetadata { get; set; } = _ => { };

    /// <summary>What the 401 says; null sends no challenge.</summary>
    public string? Challenge { get; set; } = "Bearer";

    /// <summary>Anybody is served.</summary>
    public bool Open { get; set; }

    /// <summary>Every tools/call gets a 401.</summary>
    public bool RefusesCalls { get; set; }

    /// <summary>Runs before a tools/call is answered.</summary>
    public Func<Task> BeforeCalls { get; set; } = () => Task.CompletedTask;

    /// <summary>The scopes that tools/list needs; a token without them gets a 403.</summary>
    public string NeededScope { get; set; } = "";

    /// <summary>A scope that consent is given to in vain.</summary>
    public string NeverGranted { get; set; } = "-";

    /// <summary>How an older server answers the newest probe; null is a 404.</summary>
    public (int Status, string Body)? DiscoverAnswer { get; set; }

    /// <summary>Answers what is posted to the server instead of it.</summary>
    public Func<HttpContext, JsonObject, Task>? OnMessage { get; set; }

    public string? ConsentError { get; set; }

    /// <summary>Runs before the list of tools is answered to somebody who signed in.</summary>
    public Func<Task> BeforeLists { get; set; } = () => Task.CompletedTask;

    /// <summary>Answers one tools/list instead of the usual two tools.</summary>
    public Func<HttpContext, JsonObject, Task>? OnList { get; set; }

    public JsonObject Account { get; set; } = new() { ["organization"] = new JsonObject { ["id"] = "1", ["name"] = "Acme" } };

    public static async Task<RuleVendor> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var vendor = new RuleVendor(app);
        app.Run(vendor.AnswerAsync);
        await app.StartAsync();
        return vendor;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    public void Publish(string path, Func<JsonObject> document) =>
        Answers[$"GET {path}"] = context => context.Response.WriteAsJsonAsync(document());

    /// <summary>The same authorization server by another name of this machine: for a client it is another host.</summary>
    /// <returns>Its host and port.</returns>
    public string MoveSignIn()
    {
        var elsewhere = Url.Replace("localhost", "127.0.0.1", StringComparison.Ordinal);
        OnMetadata = metadata =>
        {
            foreach (var (name, value) in metadata.ToList())
            {
                if (value?.GetValueKind() == System.Text.Json.JsonValueKind.String)
                {
                    metadata[name] = ((string)value!).Replace(Url, elsewhere, StringComparison.Ordinal);
                }
            }
        };
        return new Uri(elsewhere).Authority;
    }

    /// <summary>The server names an authorization server.</summary>
    public void SignInAt(string issuer) => Publish("/.well-known/oauth-protected-resource/mcp", () => new JsonObject
    {
        ["resource"] = Server,
        ["authorization_servers"] = new JsonArray(issuer),
    });

    public void Withdraw(string path) => Answers.TryRemove($"GET {path}", out _);

    public List<Received> To(string path) => [.. Requests.Where(request => request.Path == path)];

    private JsonObject Metadata()
    {
        var metadata = new JsonObject
        {
            ["issuer"] = Url,
            ["authorization_endpoint"] = $"{Url}/authorize",
            ["token_endpoint"] = $"{Url}/token",
            ["registration_endpoint"] = $"{Url}/register",
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("none", "client_secret_basic", "client_secret_post"),
        };
        OnMetadata(metadata);
        return metadata;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var values = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        JsonObject? json = null;
        if (request.HasFormContentType)
        {
            foreach (var (name, value) in await request.ReadFormAsync())
            {
                values[name] = value.ToString();
            }
        }
        else if (request.Method == "POST")
        {
            json = (await JsonNode.ParseAsync(request.Body))!.AsObject();
        }

        Requests.Enqueue(new Received(request.Method, request.Path, values, json, request.Headers.Authorization));
        if (request.Path == "/mcp" && json is not null)
        {
            if ((string?)json["method"] == "tools/list" && request.Headers.Authorization.Count > 0)
            {
                await BeforeLists();
            }

            await McpAsync(context, json);
        }
        else if (Answers.TryGetValue($"{request.Method} {request.Path}", out var answer))
        {
            await answer(context);
        }
        else
        {
            context.Response.StatusCode = 404;
        }
    }

    private Task ConsentAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var code = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        challenges[code] = $"{query["code_challenge"]} {query["scope"]}";
        var answer = new Dictionary<string, string?> { ["state"] = query["state"], [ConsentError is null ? "code" : "error"] = ConsentError ?? code };
        context.Response.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"].ToString(), answer));
        return Task.CompletedTask;
    }

    private async Task TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var scope = form["scope"].ToString();
        if (form["grant_type"] == "authorization_code")
        {
            var challenge = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
            if (!challenges.TryRemove(form["code"].ToString(), out var asked) || !asked.StartsWith(challenge, StringComparison.Ordinal))
            {
                await RefuseAsync(context, 400, "invalid_grant");
                return;
            }

            scope = asked[(challenge.Length + 1)..].Replace(NeverGranted, "", StringComparison.Ordinal);
        }

        await context.Response.WriteAsJsonAsync(new
        {
            access_token = $"token-{Interlocked.Increment(ref counter)} {scope}".Replace(' ', '+'),
            token_type = "Bearer",
            expires_in = 3600,
            scope,
        });
    }

    public static Task RefuseAsync(HttpContext context, int status, string error)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error });
    }

    private async Task McpAsync(HttpContext context, JsonObject request)
    {
        var bearer = context.Request.Headers.Authorization.ToString();
        if (!Open && !bearer.StartsWith("Bearer token-", StringComparison.Ordinal))
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = Challenge;
            return;
        }

        if (OnMessage is { } answers)
        {
            await answers(context, request);
            return;
        }

        switch ((string?)request["method"])
        {
            case "server/discover" when DiscoverAnswer is { } answer:
                context.Response.StatusCode = answer.Status;
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(answer.Body.Replace("{id}", request["id"]!.ToJsonString(), StringComparison.Ordinal));
                break;
            case null:
                // An answer to something that the server asked.
                context.Response.StatusCode = 202;
                break;
            case "initialize":
                await TestVendor.ReplyAsync(context, request, new JsonObject
                {
                    ["protocolVersion"] = "2025-06-18",
                    ["capabilities"] = new JsonObject { ["tools"] = new JsonObject() },
                    ["serverInfo"] = new JsonObject { ["name"] = "rules", ["version"] = "1" },
                });
                break;
            case "tools/list" when !NeededScope.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(bearer.Split('+').Contains):
                context.Response.StatusCode = 403;
                context.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{NeededScope}\"";
                break;
            case "tools/list" when OnList is { } list:
                await list(context, request);
                break;
            case "tools/list":
                await TestVendor.ReplyAsync(context, request, new JsonObject
                {
                    ["tools"] = new JsonArray(TestTools.Tool("get_context", readOnly: true, "read"), TestTools.Tool("delete_account", readOnly: true, "read")),
                });
                break;
            case "tools/call" when RefusesCalls:
                context.Response.StatusCode = 401;
                break;
            case "tools/call":
                await BeforeCalls().WaitAsync(context.RequestAborted);
                await TestVendor.ReplyAsync(context, request, TestVendor.Text(Account.ToJsonString()));
                break;
            default:
                context.Response.StatusCode = request["id"] is null ? 202 : 404;
                break;
        }
    }
}
