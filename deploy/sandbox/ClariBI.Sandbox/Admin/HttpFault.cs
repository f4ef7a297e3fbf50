namespace ClariBI.Sandbox.Admin;

internal static class HttpFault
{
    public static Task FailAsync(HttpContext context, int status, string error)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error }, context.RequestAborted);
    }
}
