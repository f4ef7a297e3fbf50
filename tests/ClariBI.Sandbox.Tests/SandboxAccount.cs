using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using ModelContextProtocol.Client;

namespace ClariBI.Sandbox.Tests;

/// <summary>Signs in as a client would, each step open to being bent by a test.</summary>
internal sealed class SandboxAccount(HttpClient http)
{
    public const string Redirect = "http://localhost:8900/callback";
    public const string Verifier = "a-verifier-that-is-long-enough-for-rfc-7636-to-like-it";

    public HttpClient Http => http;

    public static string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public async Task<JsonElement> RegisterAsync(string method = "none")
    {
        using var reply = await http.PostAsJsonAsync("/register", new { client_name = "Test client", redirect_uris = new[] { Redirect }, token_endpoint_auth_method = method });
        reply.StatusCode.ShouldBe(HttpStatusCode.Created);
        return await reply.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static Dictionary<string, string> Request(string clientId, string scope = "mcp:read offline_access") => new()
    {
        ["client_id"] = clientId,
        ["redirect_uri"] = Redirect,
        ["response_type"] = "code",
        ["scope"] = scope,
        ["state"] = "state-1",
        ["code_challenge"] = Challenge,
        ["code_challenge_method"] = "S256",
    };

    /// <summary>Picks an account (the first one by default) on the sign-in page; the cookie stays with the client. Null when the page has no such account.</summary>
    public async Task<Uri?> PickAccountAsync(Dictionary<string, string> request, string? email = null)
    {
        if (email is null)
        {
            var page = await http.GetStringAsync(QueryHelpers.AddQueryString("/authorize", new Dictionary<string, string?>(request!) { ["prompt"] = "select_account" }));
            email = page.Split("name=\"account\" value=\"")[1].Split('"')[0];
        }

        using var reply = await http.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>(request) { ["account"] = email }));
        return reply.Headers.Location;
    }

    /// <summary>Signs in, answers the consent page and returns the query of the redirect.</summary>
    public async Task<Dictionary<string, string>> DecideAsync(Dictionary<string, string> request, string decision = "allow", string organisation = "northwind", string? email = null)
    {
        // A bad request is answered at the redirect before anyone can sign in.
        using var asked = await http.GetAsync(QueryHelpers.AddQueryString("/authorize", request!));
        if (asked.StatusCode == HttpStatusCode.OK)
        {
            await PickAccountAsync(request, email);
        }

        using var reply = await http.PostAsync("/authorize", new FormUrlEncodedContent(new Dictionary<string, string>(request) { ["decision"] = decision, ["organisation"] = organisation }));
        reply.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        reply.Headers.Location!.ToString().ShouldStartWith(Redirect);
        return QueryHelpers.ParseQuery(reply.Headers.Location.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> TokenAsync(params (string Name, string Value)[] form)
    {
        using var reply = await http.PostAsync("/token", new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));
        return (reply.StatusCode, await reply.Content.ReadFromJsonAsync<JsonElement>());
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> RedeemAsync(string clientId, string code, string verifier = Verifier, string redirect = Redirect) =>
        TokenAsync(("grant_type", "authorization_code"), ("client_id", clientId), ("code", code), ("code_verifier", verifier), ("redirect_uri", redirect));

    public Task<(HttpStatusCode Status, JsonElement Body)> RefreshAsync(string clientId, string token) =>
        TokenAsync(("grant_type", "refresh_token"), ("client_id", clientId), ("refresh_token", token));

    public async Task<(string ClientId, JsonElement Tokens)> SignInAsync(string scope = "mcp:read offline_access", string organisation = "northwind", string? email = null)
    {
        var clientId = (await RegisterAsync()).GetProperty("client_id").GetString()!;
        var answer = await DecideAsync(Request(clientId, scope), organisation: organisation, email: email);
        var (status, tokens) = await RedeemAsync(clientId, answer["code"]);
        status.ShouldBe(HttpStatusCode.OK);
        return (clientId, tokens);
    }

    /// <summary>The status of an initialize request with this bearer token.</summary>
    public async Task<HttpResponseMessage> KnockAsync(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = JsonContent.Create(new { jsonrpc = "2.0", id = 1, method = "initialize", @params = new { protocolVersion = "2024-11-05", capabilities = new { }, clientInfo = new { name = "test", version = "1" } } }),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        return await http.SendAsync(request);
    }

    public async Task<Tools> ConnectAsync(string scope = "mcp:read", string organisation = "northwind", string? email = null, string path = "/mcp")
    {
        var (_, tokens) = await SignInAsync(scope, organisation, email);
        return await ConnectWithAsync(tokens.GetProperty("access_token").GetString()!, path: path);
    }

    /// <summary>With a token in hand; the SDK's newest protocol version unless one is given.</summary>
    public async Task<Tools> ConnectWithAsync(string token, string? version = null, string path = "/mcp")
    {
        var transport = new HttpClientTransport(new()
        {
            Endpoint = new(http.BaseAddress!, path),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + token },
        }, http);
        return new(await McpClient.CreateAsync(transport, new() { ProtocolVersion = version }));
    }
}
