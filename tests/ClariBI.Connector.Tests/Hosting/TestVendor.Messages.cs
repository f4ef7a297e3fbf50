using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ClariBI.Connector.Tests.Hosting;

public sealed partial class TestVendor
{
    public static JsonObject Text(string text, bool isError = false) => new()
    {
        ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }),
        ["isError"] = isError,
    };

    public static Task ReplyAsync(HttpContext context, JsonObject request, JsonObject result) =>
        WriteAsync(context, new JsonObject { ["jsonrpc"] = "2.0", ["id"] = request["id"]!.DeepClone(), ["result"] = result });

    public static Task ErrorAsync(HttpContext context, JsonObject request, int code, string message) =>
        WriteAsync(context, new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = request["id"]!.DeepClone(),
            ["error"] = new JsonObject { ["code"] = code, ["message"] = message },
        });

    private static Task WriteAsync(HttpContext context, JsonObject message)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType ??= "text/event-stream";
        }

        return context.Response.WriteAsync(context.Response.ContentType == "application/json" ? message.ToJsonString() : $"event: message\ndata: {message.ToJsonString()}\n\n");
    }
}
