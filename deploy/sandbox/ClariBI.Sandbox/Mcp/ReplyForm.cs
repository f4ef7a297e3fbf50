using System.Text;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Admin;

namespace ClariBI.Sandbox.Mcp;

/// <summary>Replies go out as server-sent events with one data line. By option they become plain JSON; by fault they break off in the middle.</summary>
internal sealed class ReplyForm(RequestDelegate next, SandboxOptions options, Faults faults)
{
    private static readonly TimeSpan BeforeReset = TimeSpan.FromMilliseconds(200);

    public async Task InvokeAsync(HttpContext context)
    {
        var request = McpRequest.Of(context);
        var dropped = request?.Id is not null && faults.Strikes("drop", request) is not null;
        if (request is null || !(dropped || options.Replies == "json"))
        {
            await next(context);
            return;
        }

        var outside = context.Response.Body;
        using var inside = new MemoryStream();
        context.Response.Body = inside;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = outside;
        }

        var reply = inside.ToArray();
        if (options.Replies == "json" && context.Response.ContentType == "text/event-stream")
        {
            reply = ToJson(reply);
            context.Response.ContentType = "application/json";
        }

        if (!dropped)
        {
            await outside.WriteAsync(reply, context.RequestAborted);
            return;
        }

        await outside.WriteAsync(reply.AsMemory(0, reply.Length / 2), context.RequestAborted);
        await outside.FlushAsync(context.RequestAborted);

        // A reset throws away what the client has not read yet; this lets the first half arrive.
        await Task.Delay(BeforeReset, context.RequestAborted);
        context.Abort();
    }

    /// <summary>The last message is the reply; the server sends no others on a POST.</summary>
    private static byte[] ToJson(byte[] events)
    {
        var line = Encoding.UTF8.GetString(events).Split('\n').LastOrDefault(line => line.StartsWith("data: ", StringComparison.Ordinal));
        return line is null ? [] : Encoding.UTF8.GetBytes(JsonNode.Parse(line["data: ".Length..])!.ToJsonString(AmplitudeMcp.Plain));
    }
}
