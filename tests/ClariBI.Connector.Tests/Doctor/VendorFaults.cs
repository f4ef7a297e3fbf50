using System.Net;
using System.Text.Json.Nodes;
using ClariBI.Connector.Tests.Hosting;
using Microsoft.AspNetCore.Http;

namespace ClariBI.Connector.Tests.Doctor;

/// <summary>Ways in which a vendor can be broken, by name.</summary>
internal static class VendorFaults
{
    private const string ProtectedResource = "/.well-known/oauth-protected-resource";
    private const string AuthorizationServer = "/.well-known/oauth-authorization-server";

    public static void Break(TestVendor vendor, string fault)
    {
        switch (fault)
        {
            case "down": vendor.Intercept = context => AnswerAsync(context, _ => true, 503); break;
            case "web page": vendor.Intercept = context => PageAsync(context, path => path == "/mcp" || path == ProtectedResource); break;
            case "resource mismatch": vendor.ClaimedResource = "https://elsewhere.example/mcp"; break;
            case "metadata down": vendor.Faults[AuthorizationServer] = HttpStatusCode.ServiceUnavailable; break;
            case "metadata is a web page": vendor.Intercept = context => PageAsync(context, path => path == AuthorizationServer); break;
            case "issuer mismatch": vendor.ClaimedIssuer = "https://elsewhere.example"; break;
            case "no S256": vendor.Intercept = context => NoS256Async(context, vendor.Url); break;
            case "dead client": vendor.TokenError = "invalid_client"; break;
            case "revoked grant": vendor.ForgetTokens(); break;
            case "401 loop": vendor.Intercept = context => AnswerAsync(context, path => path == "/mcp", 401); break;
            case "session endpoint down": vendor.Intercept = context => AnswerAsync(context, _ => Authorized(context), 503); break;
            case "session endpoint is a web page": vendor.Intercept = context => PageAsync(context, _ => Authorized(context)); break;
            case "session forgotten for good": vendor.Intercept = context => AnswerAsync(context, _ => context.Request.Headers.ContainsKey("Mcp-Session-Id"), 404); break;
            case "no tools": vendor.Tools.Clear(); break;
            case "call declined": vendor.OnCall = (context, request) => SayAsync(context, request, "Permission denied"); break;
            case "mcp off": vendor.OnCall = (context, request) => SayAsync(context, request, "MCP has been disabled by your organization"); break;
            case "call fails": vendor.OnCall = (context, _) => AnswerAsync(context, _ => true, 503); break;
            case "rate limited": vendor.OnCall = (context, _) => AnswerAsync(context, _ => true, 429); break;
            case "slow": vendor.Intercept = SlowAsync; break;
            default: throw new ArgumentOutOfRangeException(nameof(fault));
        }
    }

    private static bool Authorized(HttpContext context) => context.Request.Path == "/mcp" && context.Request.Headers.ContainsKey("Authorization");

    private static Task<bool> AnswerAsync(HttpContext context, Func<string, bool> matches, int status)
    {
        if (!matches(context.Request.Path))
        {
            return Task.FromResult(false);
        }

        context.Response.StatusCode = status;
        return Task.FromResult(true);
    }

    private static async Task<bool> PageAsync(HttpContext context, Func<string, bool> matches)
    {
        if (!matches(context.Request.Path))
        {
            return false;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync("<!doctype html><title>Sign in</title>");
        return true;
    }

    private static async Task<bool> SayAsync(HttpContext context, JsonObject request, string text)
    {
        await TestVendor.ReplyAsync(context, request, TestVendor.Text(text, isError: true));
        return true;
    }

    private static async Task<bool> SlowAsync(HttpContext context)
    {
        if (!Authorized(context))
        {
            return false;
        }

        await Task.Delay(TimeSpan.FromSeconds(60), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        return true;
    }

    private static async Task<bool> NoS256Async(HttpContext context, string url)
    {
        if (context.Request.Path != AuthorizationServer)
        {
            return false;
        }

        await context.Response.WriteAsJsonAsync(new
        {
            issuer = url,
            authorization_endpoint = $"{url}/authorize",
            token_endpoint = $"{url}/token",
            code_challenge_methods_supported = new[] { "plain" },
        });
        return true;
    }
}
