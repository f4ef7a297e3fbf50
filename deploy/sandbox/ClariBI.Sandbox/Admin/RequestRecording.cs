using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.OAuth;
using Microsoft.Extensions.Primitives;

namespace ClariBI.Sandbox.Admin;

/// <summary>Records every OAuth and MCP request, whatever comes of it.</summary>
internal sealed class RequestRecording(RequestDelegate next, RequestLog log, Regions regions)
{
    private const int LargestArguments = 64 * 1024;
    private const int LongestField = 2 * 1024;
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
        var arguments = message?.Arguments?.GetRawText();
        Add(context, new("mcp", request.Method, Cut(request.Path), regions.Of(context))
        {
            RpcMethod = Cut(message?.Method),
            Tool = Cut(message?.Tool),
            Arguments = arguments is null ? null : Kept(arguments),
            Characters = LongestField + Math.Min(arguments?.Length ?? 0, LargestArguments),
            Token = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? Secrets.Fingerprint(authorization["Bearer ".Length..].Trim()) : null,
            ProtocolVersion = Header(request, "mcp-protocol-version") ?? Cut(message?.ProtocolVersion),
            Session = request.Headers["mcp-session-id"] is [{ Length: > 0 } session, ..] ? Secrets.Fingerprint(session) : null,
            UserAgent = Header(request, "user-agent"),
        });
    }

    private async Task RecordOAuthAsync(HttpContext context)
    {
        var request = context.Request;
        var fields = new JsonObject();
        long characters = LongestField;
        void Show(IEnumerable<KeyValuePair<string, StringValues>> given)
        {
            foreach (var (name, value) in given)
            {
                var (shownName, shown) = (Cut(name), Shown(name, value.ToString()));
                fields[shownName] = shown;
                characters += shownName.Length + shown.Length;
            }
        }

        Show(request.Query);
        if (request.HasFormContentType)
        {
            // The form feature keeps what was read, so the endpoint reads the same form again.
            Show(await request.ReadFormAsync(context.RequestAborted));
        }

        Add(context, new("oauth", request.Method, Cut(request.Path), regions.Of(context)) { Arguments = fields, UserAgent = Header(request, "user-agent"), Characters = characters });
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
        arguments.Length <= LargestArguments ? JsonNode.Parse(arguments) : new JsonObject { ["truncated"] = true, ["characters"] = arguments.Length, ["start"] = arguments[..LongestField] };

    private static string? Header(HttpRequest request, string name) => request.Headers[name] is [{ Length: > 0 } value, ..] ? Cut(value) : null;

    private static string Shown(string name, string value) => SecretFields.Contains(name) ? Secrets.Fingerprint(value) : Cut(value);

    [return: NotNullIfNotNull(nameof(text))]
    private static string? Cut(string? text) => text is { Length: > LongestField } ? text[..LongestField] + "…" : text;
}
