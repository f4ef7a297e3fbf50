namespace ClariBI.Sandbox.Admin;

/// <summary>Faults that need no knowledge of the request beyond its path.</summary>
internal sealed class FaultGate(RequestDelegate next, Faults faults)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        var isMcp = path.StartsWithSegments("/mcp");
        if (path != "/health" && faults.Take("down"))
        {
            await FailAsync(context, StatusCodes.Status503ServiceUnavailable, "Service unavailable");
        }
        else if ((path == "/register" && faults.Take("registration_down")) || (path == "/token" && faults.Take("token_down")))
        {
            await FailAsync(context, StatusCodes.Status503ServiceUnavailable, "Service unavailable");
        }
        else if (isMcp && faults.Take("rate_limited"))
        {
            context.Response.Headers.RetryAfter = "1";
            await FailAsync(context, StatusCodes.Status429TooManyRequests, "Too many requests");
        }
        else
        {
            if (isMcp && HttpMethods.IsPost(context.Request.Method) && faults.Take("slow"))
            {
                await Task.Delay(faults.SlowMilliseconds, context.RequestAborted);
            }

            await next(context);
        }
    }

    private static Task FailAsync(HttpContext context, int status, string error)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error }, context.RequestAborted);
    }
}
