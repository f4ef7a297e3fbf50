using System.Text.Json.Nodes;
using ClariBI.Sandbox.OAuth;

namespace ClariBI.Sandbox.Admin;

/// <summary>Records OAuth requests; tool calls are recorded where they are decoded.</summary>
internal sealed class RequestRecording(RequestDelegate next, RequestLog log)
{
    private static readonly string[] SecretFields = ["code", "code_verifier", "client_secret", "refresh_token", "access_token", "token"];
    private static readonly string[] Paths = ["/register", "/authorize", "/token", "/revoke"];

    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (Paths.Contains(request.Path.Value) || request.Path.StartsWithSegments("/.well-known"))
        {
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

            log.Add("oauth", request.Method, request.Path, null, fields, null, null);
        }

        await next(context);
    }

    private static string Shown(string name, string value) => SecretFields.Contains(name) ? Secrets.Fingerprint(value) : value;
}
