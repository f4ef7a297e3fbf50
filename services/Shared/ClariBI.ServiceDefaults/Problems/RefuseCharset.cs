using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ClariBI.ServiceDefaults.Problems;

/// <summary>Answers 415 to a request in an encoding that nobody knows, which the framework takes for an error of ours.</summary>
internal sealed class RefuseCharset(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.Charset.Length > 0 && !IsKnown(type))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return Task.CompletedTask;
        }

        return next(context);
    }

    private static bool IsKnown(MediaTypeHeaderValue type)
    {
        try
        {
            return Encoding.GetEncoding(type.Charset.ToString().Trim('"')) is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
