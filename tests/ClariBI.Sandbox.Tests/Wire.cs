using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>MCP as bytes over HTTP, for what a protocol library would hide.</summary>
internal sealed class Wire(HttpClient http, string token, string? session = null)
{
    public const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";
    public const string List = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";

    public string? Session { get; set; } = session;

    public static async Task<Wire> OpenAsync(SandboxAccount account, string organisation = "shop", string scope = "mcp:read", string version = "2025-06-18")
    {
        var (_, tokens) = await account.SignInAsync(scope, organisation);
        var wire = new Wire(account.Http, tokens.GetProperty("access_token").GetString()!);
        using var reply = await wire.SendAsync(Initialize(version));
        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        wire.Session = reply.Headers.GetValues("mcp-session-id").Single();
        return wire;
    }

    public static string Initialize(string version) => """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"VERSION","capabilities":{},"clientInfo":{"name":"wire","version":"1"}}}""".Replace("VERSION", version, StringComparison.Ordinal);

    public static string Call(string tool, string arguments = "{}") => "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}}";

    public HttpRequestMessage Request(HttpMethod method, byte[]? body = null, string? contentType = "application/json")
    {
        var request = new HttpRequestMessage(method, "/mcp") { Content = body is null ? null : new ByteArrayContent(body) };
        if (body is not null && contentType is not null)
        {
            request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Authorization = new("Bearer", token);
        if (Session is not null)
        {
            request.Headers.Add("mcp-session-id", Session);
        }

        return request;
    }

    public Task<HttpResponseMessage> SendAsync(string body) => SendAsync(Request(HttpMethod.Post, Encoding.UTF8.GetBytes(body)));

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            return await http.SendAsync(request);
        }
    }

    /// <summary>The JSON-RPC reply of the one data line.</summary>
    public async Task<JsonElement> ReplyAsync(string body)
    {
        using var reply = await SendAsync(body);
        var text = await reply.Content.ReadAsStringAsync();
        reply.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonDocument.Parse(text.Split('\n').Single(line => line.StartsWith("data: ", StringComparison.Ordinal))["data: ".Length..]).RootElement;
    }

    public async Task<(bool IsError, string Text)> CallAsync(string tool, string arguments = "{}")
    {
        var result = (await ReplyAsync(Call(tool, arguments))).GetProperty("result");
        return (result.TryGetProperty("isError", out var isError) && isError.GetBoolean(), result.GetProperty("content")[0].GetProperty("text").GetString()!);
    }
}
