using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Fuzz.Tests;

/// <summary>An MCP session as bytes over HTTP: no client library that would repair or refuse what a test wants to send.</summary>
internal sealed class McpWire(HttpClient http, string token, string? session)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public HttpClient Http => http;

    public static async Task<McpWire> OpenAsync(HttpClient http, string token)
    {
        const string Initialize = """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"fuzzer","version":"1"}}}""";
        using var request = new McpWire(http, token, null).Request(HttpMethod.Post, Encoding.UTF8.GetBytes(Initialize));
        using var reply = await http.SendAsync(request);
        reply.StatusCode.ShouldBe(HttpStatusCode.OK, await reply.Content.ReadAsStringAsync());
        var wire = new McpWire(http, token, reply.Headers.GetValues("Mcp-Session-Id").Single());
        (await wire.PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""")).Status.ShouldBe(HttpStatusCode.Accepted);
        return wire;
    }

    public HttpRequestMessage Request(HttpMethod method, byte[]? body, string? contentType = "application/json")
    {
        var request = new HttpRequestMessage(method, "/mcp") { Content = body is null ? null : new ByteArrayContent(body) };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Authorization = new("Bearer", token);
        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
        }

        if (request.Content is not null && contentType is not null)
        {
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        return request;
    }

    public Task<WireReply> PostAsync(string body) => SendAsync(Request(HttpMethod.Post, Encoding.UTF8.GetBytes(body)));

    /// <summary>Status 0 stands for no answer in time.</summary>
    public async Task<WireReply> SendAsync(HttpRequestMessage request)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using (request)
            {
                using var reply = await http.SendAsync(request, patience.Token);
                return new(reply.StatusCode, reply.Content.Headers.ContentType?.MediaType, await reply.Content.ReadAsStringAsync(patience.Token));
            }
        }
        catch (OperationCanceledException)
        {
            return new(0, null, $"no answer within {Patience.TotalSeconds} s");
        }
    }

    public Task<WireReply> CallAsync(string tool, string arguments) =>
        PostAsync($$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{tool}}","arguments":{{arguments}} } }""");

    public async Task<IReadOnlyList<ListedTool>> ListAsync()
    {
        var result = (await PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""")).Message!.Value.GetProperty("result");
        return [.. result.GetProperty("tools").EnumerateArray().Select(tool => new ListedTool(tool.GetProperty("name").GetString()!, tool.GetProperty("inputSchema").Clone()))];
    }

    /// <summary>The names or ids of what a search finds, whatever the search tool of the profile is called.</summary>
    public async Task<string[]> FindAsync(string searchTool, string project, string type, string field)
    {
        var text = (await CallAsync(searchTool, $$"""{"appIds":["{{project}}"],"entityTypes":["{{type}}"]}""")).Text ?? "null";
        return [.. Everything(JsonNode.Parse(text)).OfType<JsonObject>().Where(item => (string?)item["type"] == type).Select(item => (string?)item[field]).OfType<string>().Distinct().Take(40)];
    }

    private static IEnumerable<JsonNode?> Everything(JsonNode? node) => node switch
    {
        JsonObject inside => inside.SelectMany(pair => Everything(pair.Value)).Prepend(node),
        JsonArray inside => inside.SelectMany(Everything).Prepend(node),
        _ => [node],
    };
}

internal sealed record ListedTool(string Name, JsonElement Schema);

internal sealed record WireReply(HttpStatusCode Status, string? Type, string Body)
{
    /// <summary>The JSON-RPC message, out of the SSE line or as it is; null when the body has none.</summary>
    public JsonElement? Message
    {
        get
        {
            var json = Type == "text/event-stream" ? Body.Split('\n').LastOrDefault(line => line.StartsWith("data: {", StringComparison.Ordinal))?["data: ".Length..] : Body;
            try
            {
                return json is null ? null : JsonElement.Parse(json);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    public bool IsToolError => Message is { } message && message.TryGetProperty("result", out var result) && result.TryGetProperty("isError", out var isError) && isError.ValueKind == JsonValueKind.True;

    /// <summary>The text of a tool's result.</summary>
    public string? Text => Message is { } message && message.TryGetProperty("result", out var result) && result.TryGetProperty("content", out var content) && content.GetArrayLength() == 1
        ? content[0].GetProperty("text").GetString()
        : null;

    public bool IsAnswer => Text is not null && !IsToolError;

    public bool IsValidationError => IsToolError && Text!.StartsWith("MCP error -32602: Input validation error: Invalid arguments for tool", StringComparison.Ordinal);

    /// <summary>What is wrong with this as the answer to a tool call with any arguments; null when it is one.</summary>
    public string? Fault()
    {
        if (Status == 0 || (int)Status >= 500)
        {
            return $"HTTP {(int)Status}: {Short(Body)}";
        }

        if (Message is not { } message || message.ValueKind != JsonValueKind.Object)
        {
            return $"HTTP {(int)Status}, no JSON-RPC message: {Short(Body)}";
        }

        if (message.TryGetProperty("error", out var error))
        {
            return error.GetProperty("code").GetInt32() == -32603 ? $"internal error: {error}" : null;
        }

        return Text is not { Length: > 0 } text ? $"no text: {Short(Body)}"
            : text.Contains("Internal error", StringComparison.Ordinal) ? text
            : IsAnswer && !IsJson(text) ? $"not JSON: {Short(text)}"
            : null;
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = 512 });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Short(string text) => text.Length > 300 ? text[..300] + " …" : text;
}
