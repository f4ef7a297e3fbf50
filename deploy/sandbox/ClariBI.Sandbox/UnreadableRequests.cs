using System.Text.Json;

namespace ClariBI.Sandbox;

/// <summary>What the framework finds unreadable while a body is bound (a form with NUL, JSON of another shape, too many bytes) is the sender's mistake, not a fault of ours.</summary>
internal sealed class UnreadableRequests(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var isMcp = context.Request.Path.StartsWithSegments("/mcp");
        if (isMcp && HttpMethods.IsPost(context.Request.Method) && !context.Request.HasJsonContentType())
        {
            await RefuseAsync(context, isMcp, StatusCodes.Status415UnsupportedMediaType, "Content-Type must be application/json");
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception error) when (!context.Response.HasStarted && error is InvalidDataException or BadHttpRequestException or JsonException)
        {
            await RefuseAsync(context, isMcp, (error as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest, "The request could not be read");
        }
    }

    private static Task RefuseAsync(HttpContext context, bool isMcp, int status, string description)
    {
        context.Response.StatusCode = status;
        return isMcp
            ? context.Response.WriteAsJsonAsync(new { jsonrpc = "2.0", error = new { code = -32600, message = "Bad Request: " + description }, id = (string?)null }, context.RequestAborted)
            : context.Response.WriteAsJsonAsync(new { error = "invalid_request", error_description = description }, context.RequestAborted);
    }
}
