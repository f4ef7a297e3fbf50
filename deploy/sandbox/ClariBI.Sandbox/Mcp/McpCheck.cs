using Microsoft.Net.Http.Headers;

namespace ClariBI.Sandbox.Mcp;

/// <summary>Refuses what is no JSON-RPC request, before the protocol library sees it.</summary>
internal sealed class McpCheck(RequestDelegate next, SandboxOptions options)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (McpRequest.Of(context) is not { } request)
        {
            return next(context);
        }

        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return JsonRpcError.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, -32000, "Unsupported Media Type: Content-Type must be application/json", request.Id?.DeepClone());
        }

        if (request.Wrong is var (status, code, message))
        {
            return JsonRpcError.WriteAsync(context, status, code, message, request.Id?.DeepClone());
        }

        var headers = context.Request.Headers;
        return options.Protocol == "stateful" && request.Method is not (null or "initialize") && !headers.ContainsKey("mcp-session-id") && headers["mcp-protocol-version"] != AmplitudeMcp.SessionlessVersion
            ? JsonRpcError.WriteAsync(context, StatusCodes.Status400BadRequest, -32000, "Bad Request: Mcp-Session-Id header is required", request.Id?.DeepClone())
            : next(context);
    }
}
