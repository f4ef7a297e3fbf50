using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ClariBI.Connector.Tests.Hosting;

public sealed partial class TestVendor
{
    private int lists;

    /// <summary>Messages that ask nothing, in order.</summary>
    public ConcurrentQueue<JsonObject> Notifications { get; } = new();

    /// <summary>Sessions that the client ended by itself.</summary>
    public ConcurrentQueue<string> Ended { get; } = new();

    /// <summary>Times that the tools were listed, pages counted each.</summary>
    public int Lists => lists;

    /// <summary>Begins no sessions from now on; those that there are go on.</summary>
    public bool Sessionless { get; set; }

    /// <summary>What a request gets whose session is not known, instead of 404.</summary>
    public Func<HttpContext, JsonObject, Task>? OnUnknownSession { get; set; }

    /// <summary>The result of one tools/list, instead of all tools on one page.</summary>
    public Func<JsonObject, JsonObject>? OnList { get; set; }

    /// <summary>False: lists are answered in plain JSON.</summary>
    public bool ListsAsEvents { get; set; } = true;

    private void EndSession(HttpContext context)
    {
        var session = context.Request.Headers["Mcp-Session-Id"].ToString();
        sessions.TryRemove(session, out _);
        Ended.Enqueue(session);
    }

    private Task RefuseSessionAsync(HttpContext context, JsonObject request)
    {
        if (OnUnknownSession is not null)
        {
            return OnUnknownSession(context, request);
        }

        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private Task ListAsync(HttpContext context, JsonObject request)
    {
        Interlocked.Increment(ref lists);
        if (!ListsAsEvents)
        {
            context.Response.ContentType = "application/json";
        }

        return ReplyAsync(context, request, OnList is not null ? OnList(request) : new JsonObject { ["tools"] = Tools.DeepClone() });
    }

    /// <summary>Progress of the call, on the stream of its answer.</summary>
    public static async Task ProgressAsync(HttpContext context, JsonObject request, int progress)
    {
        await WriteAsync(context, new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["method"] = "notifications/progress",
            ["params"] = new JsonObject { ["progressToken"] = request["params"]!["_meta"]!["progressToken"]!.DeepClone(), ["progress"] = progress },
        });
        await context.Response.Body.FlushAsync();
    }
}
