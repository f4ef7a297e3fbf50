using System.Text.Json.Nodes;

namespace ClariBI.Sandbox;

/// <summary>A refusal of a whole HTTP request to /mcp, in the form MCP clients read.</summary>
internal static class JsonRpcError
{
    public static Task WriteAsync(HttpContext context, int status, int code, string message, JsonNode? id = null)
    {
        context.Response.StatusCode = status;
        var body = new JsonObject { ["jsonrpc"] = "2.0", ["error"] = new JsonObject { ["code"] = code, ["message"] = message }, ["id"] = id };
        return context.Response.WriteAsJsonAsync(body, context.RequestAborted);
    }
}
