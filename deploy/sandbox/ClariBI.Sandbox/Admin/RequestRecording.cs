using System.Text.Json.Nodes;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.OAuth;

namespace ClariBI.Sandbox.Admin;

/// <summary>Records every OAuth and MCP request, whatever comes of it.</summary>
internal sealed class RequestRecording(RequestDelegate next, RequestLog log, Regions regions)
{
    private const int LargestArguments = 64 * 1024;
    private static readonly string[] SecretFields = ["code", "code_verifier", "client_secret", "refresh_token", "access_token", "token"];
    private static readonly string[] Paths = ["/register", "/authorize", "/sign-in", "/token", "/revoke"];

    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        try
        {
            if (request.Path.StartsWithSegments("/mcp"))
            {
                await RecordMcpAsync(context);
            }
            else if (Paths.Contains(request.Path.Value) || request.Path.StartsWithSegments("/.well-known"))
            {
                await RecordOAuthAsync(context);
            }
        }
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException)
        {
            context.Response.StatusCode = (error as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
            await context.Response.WriteAsJsonAsync(new { error = "invalid_request", error_description = "The body cannot be read" }, context.RequestAborted);
            return;
        }

        await next(context);
    }

    private async Task RecordMcpAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsPost(request.Method))
        {
            await McpRequest.ReadAsync(context);
        }

        var message = McpRequest.Of(context);
        var authorization = request.Headers.Authorization.ToString();
        Add(context, new("mcp", request.Method, request.Path, regions.Of(context))
        {
            RpcMethod = message?.Method,
            Tool = message?.Tool,
            Arguments = message?.Arguments is { } arguments ? Kept(arguments.GetRawText()) : null,
            Token = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? Secrets.Fingerprint(authorization["Bearer ".Length..].Trim()) : null,
            ProtocolVersion = Header(request, "mcp-protocol-version") ?? message?.ProtocolVersion,
            Session = Header(request, "mcp-session-id") is { } session ? Secrets.Fingerprint(session) : null,
            UserAgent = Header(request, "user-agent"),
        });
    }

    private async Task RecordOAuthAsync(HttpContext context)
    {
        var request = context.Request;
        var fields = new JsonObject();
        foreach (var (name, value) in request.Query)
        {
            fields[name] = Shown(name, value.ToString());
        }

        if (request.HasFormContentType)
        {
            // The form feature keeps what was read, so the endpoint reads the same form again.
            foreach (var (name, value) in await request.ReadFormAsync(context.RequestAborted))
            {
                fields[name] = Shown(name, value.ToString());
            }
        }

        Add(context, new("oauth", request.Method, request.Path, regions.Of(context)) { Arguments = fields, UserAgent = Header(request, "user-agent") });
    }

    private void Add(HttpContext context, SeenRequest seen)
    {
        log.Add(context, seen);

        // Before the first byte leaves, so that whoever has the answer finds it recorded.
        context.Response.OnStarting(() =>
        {
            seen.Status = context.Response.StatusCode;
            return Task.CompletedTask;
        });
    }

    /// <summary>Ten thousand entries stay in memory, so none may be as large as a body can.</summary>
    private static JsonNode? Kept(string arguments) =>
        arguments.Length <= LargestArguments ? JsonNode.Parse(arguments) : new JsonObject { ["truncated"] = true, ["characters"] = arguments.Length, ["start"] = arguments[..1000] };

    private static string? Header(HttpRequest request, string name) => request.Headers[name] is [{ Length: > 0 } value, ..] ? value : null;

    private static string Shown(string name, string value) => SecretFields.Contains(name) ? Secrets.Fingerprint(value) : value;
}
