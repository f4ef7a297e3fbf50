using Microsoft.AspNetCore.Http;

namespace ClariBI.ServiceDefaults.Problems;

/// <summary>
/// Refuses a JSON request whose text holds a NUL (<c>\u0000</c>): PostgreSQL cannot store one, and nobody types it. A converter
/// for strings would do the same, but then the OpenAPI documents no longer know that a string is a string.
/// </summary>
internal sealed class RefuseNul(RequestDelegate next)
{
    private const int LargestBody = 1024 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength is > 0 and <= LargestBody && request.HasJsonContentType())
        {
            request.EnableBuffering(LargestBody);
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, context.RequestAborted);
            request.Body.Position = 0;
            if (HoldsNul(body.GetBuffer().AsSpan(0, (int)body.Length)))
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }
        }

        await next(context);
    }

    private static bool HoldsNul(ReadOnlySpan<byte> json)
    {
        var escape = @"\u0000"u8;
        for (var at = json.IndexOf(escape); at >= 0;)
        {
            // An even number of backslashes before it: this one begins an escape and is not itself escaped.
            var before = json[..at].Length - json[..at].TrimEnd((byte)'\\').Length;
            if (before % 2 == 0)
            {
                return true;
            }

            var next = json[(at + escape.Length)..].IndexOf(escape);
            at = next < 0 ? -1 : at + escape.Length + next;
        }

        return false;
    }
}
