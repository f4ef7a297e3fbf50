using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Admin;

/// <summary>Faults of HTTP requests to /mcp, of callers with a live token.</summary>
internal sealed class McpFaultGate(RequestDelegate next, Faults faults, SandboxOptions options, IHostApplicationLifetime lifetime)
{
    private const string SessionHeader = "mcp-session-id";
    private const int OversizedMegabytes = 50;
    private const int Hang = 600_000;
    private readonly ConcurrentDictionary<string, bool> lostSessions = new();

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/mcp"))
        {
            await next(context);
            return;
        }

        var request = McpRequest.Of(context);
        if (faults.Strikes("rate_limited", request) is { } limit)
        {
            context.Response.Headers.RetryAfter = limit.RetryAfter == 0 ? default : (limit.RetryAfter ?? 1).ToString(CultureInfo.InvariantCulture);
            await HttpFault.FailAsync(context, StatusCodes.Status429TooManyRequests, "Too many requests");
        }
        else if (IsLost(context, request))
        {
            await JsonRpcError.WriteAsync(context, StatusCodes.Status404NotFound, -32001, "Session not found", request?.Id?.DeepClone());
        }
        else if (request is null || !await PostFailsAsync(context, request))
        {
            await next(context);
        }
    }

    private bool IsLost(HttpContext context, McpRequest? request)
    {
        var session = context.Request.Headers[SessionHeader].ToString();
        if (session.Length > 0 && request is not null && faults.Strikes("lost_session", request) is not null)
        {
            lostSessions[session] = true;
        }

        return lostSessions.ContainsKey(session);
    }

    /// <summary>True when a fault has answered.</summary>
    private async Task<bool> PostFailsAsync(HttpContext context, McpRequest request)
    {
        if (faults.Strikes("forbidden", request) is not null)
        {
            await HttpFault.FailAsync(context, StatusCodes.Status403Forbidden, "Forbidden");
            return true;
        }

        if (faults.Strikes("server_error", request) is not null)
        {
            await HttpFault.FailAsync(context, StatusCodes.Status500InternalServerError, "Internal server error");
            return true;
        }

        if (request.Id is not null && faults.Strikes("hung", request) is { } hung)
        {
            await WaitAsync(context, hung.Milliseconds ?? Hang);
            context.Abort();
            return true;
        }

        if (request.Tool is not null && faults.Strikes("oversized", request) is not null)
        {
            await WriteOversizedAsync(context, request);
            return true;
        }

        if (request.Method == "initialize" && faults.Take("no_session_id") is not null)
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.Remove(SessionHeader);
                return Task.CompletedTask;
            });
        }

        if (faults.Strikes("slow", request) is { } slow)
        {
            await WaitAsync(context, slow.Milliseconds ?? 5000);
        }

        return false;
    }

    /// <summary>Until it is time, the client hangs up or the sandbox stops.</summary>
    private async Task WaitAsync(HttpContext context, int milliseconds)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await Task.Delay(milliseconds, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Written piece by piece: the sandbox never holds what the client has to.</summary>
    private async Task WriteOversizedAsync(HttpContext context, McpRequest request)
    {
        var (type, before, after) = options.Replies == "json" ? ("application/json", "", "") : ("text/event-stream", "event: message\ndata: ", "\n\n");
        RequestLog.EntryOf(context)?.BecomeToolCall();
        context.Response.ContentType = type;
        var megabyte = Encoding.ASCII.GetBytes(new string('x', 1024 * 1024));
        await context.Response.WriteAsync(before + "{\"jsonrpc\":\"2.0\",\"id\":" + (request.Id?.ToJsonString() ?? "null") + ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"", context.RequestAborted);
        for (var written = 0; written < OversizedMegabytes; written++)
        {
            await context.Response.Body.WriteAsync(megabyte, context.RequestAborted);
        }

        await context.Response.WriteAsync("\"}]}}" + after, context.RequestAborted);
    }
}
