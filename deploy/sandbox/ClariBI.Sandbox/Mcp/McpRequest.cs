using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Admin;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Mcp;

/// <summary>What a POST to /mcp says, read once, before anyone decides whether to answer it. What is wrong with it is only told to callers with a token.</summary>
internal sealed class McpRequest
{
    private const int SizeLimit = 4 * 1024 * 1024;

    public string? Method { get; private init; }

    public JsonNode? Id { get; private init; }

    public string? Tool { get; private init; }

    /// <summary>As asked for by initialize.</summary>
    public string? ProtocolVersion { get; private init; }

    public JsonElement? Arguments { get; private init; }

    public (int Status, int Code, string Message)? Wrong { get; private init; }

    /// <summary>A fault asked for by a magic name among the arguments.</summary>
    public Fault? Magic { get; private init; }

    /// <summary>Null for anything but a POST to /mcp.</summary>
    public static McpRequest? Of(HttpContext context) => context.Items[typeof(McpRequest)] as McpRequest;

    /// <summary>Reads the body and puts a copy in its place.</summary>
    public static async Task ReadAsync(HttpContext context)
    {
        var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while (body.Length <= SizeLimit && (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            body.Write(buffer, 0, read);
        }

        context.Items[typeof(McpRequest)] = body.Length > SizeLimit
            ? new McpRequest { Wrong = (StatusCodes.Status413PayloadTooLarge, -32600, "Invalid Request: the body is larger than 4 MB") }
            : Parse(body.ToArray());
        body.Position = 0;
        context.Request.Body = body;
    }

    private static McpRequest Parse(byte[] body)
    {
        JsonElement message;
        try
        {
            message = JsonDocument.Parse(Encoding.UTF8.GetString(body).TrimStart('\uFEFF')).RootElement;
        }
        catch (JsonException)
        {
            return Bad(-32700, "Parse error: the body is not JSON");
        }

        if (message.ValueKind != JsonValueKind.Object)
        {
            return Bad(-32600, message.ValueKind == JsonValueKind.Array ? "Invalid Request: batches are not supported" : "Invalid Request: a JSON-RPC message is an object");
        }

        try
        {
            return ParseMessage(message);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NotSupportedException)
        {
            return Bad(-32602, "Invalid params: a value is of the wrong type, or no valid text", IdOf(message));
        }
    }

    private static McpRequest ParseMessage(JsonElement message)
    {
        var method = message.TryGetProperty("method", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
        message.TryGetProperty("params", out var parameters);
        if (parameters.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Object))
        {
            return Bad(-32602, "Invalid params: params must be an object", IdOf(message));
        }

        var text = parameters.ValueKind == JsonValueKind.Undefined ? "{}" : parameters.GetRawText();
        if (method == RequestMethods.ToolsCall)
        {
            var call = JsonSerializer.Deserialize<CallToolRequestParams>(text, McpJsonUtilities.DefaultOptions)!;
            var arguments = JsonSerializer.SerializeToElement(call.Arguments ?? new Dictionary<string, JsonElement>());
            return new() { Method = method, Id = IdOf(message), Tool = call.Name, Arguments = arguments, Magic = MagicNames.Find(arguments) };
        }

        var type = method switch { RequestMethods.Initialize => typeof(InitializeRequestParams), RequestMethods.ToolsList => typeof(ListToolsRequestParams), _ => null };
        var read = type is null || text == "{}" ? null : JsonSerializer.Deserialize(text, type, McpJsonUtilities.DefaultOptions);
        return new() { Method = method, Id = IdOf(message), ProtocolVersion = (read as InitializeRequestParams)?.ProtocolVersion };
    }

    private static McpRequest Bad(int code, string message, JsonNode? id = null) => new() { Id = id, Wrong = (StatusCodes.Status400BadRequest, code, message) };

    private static JsonNode? IdOf(JsonElement message) =>
        message.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number ? JsonNode.Parse(id.GetRawText()) : null;
}
