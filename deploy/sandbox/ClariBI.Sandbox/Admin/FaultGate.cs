using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Admin;

/// <summary>Faults of whole endpoints, which strike everyone.</summary>
internal sealed class FaultGate(RequestDelegate next, Faults faults)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        var strikes = (path != "/health" && faults.Strikes("down", McpRequest.Of(context)) is not null)
            || (path == "/register" && faults.Take("registration_down") is not null)
            || (path == "/token" && faults.Take("token_down") is not null);
        return strikes ? HttpFault.FailAsync(context, StatusCodes.Status503ServiceUnavailable, "Service unavailable") : next(context);
    }
}
