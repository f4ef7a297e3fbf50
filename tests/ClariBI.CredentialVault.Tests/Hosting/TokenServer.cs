using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClariBI.CredentialVault.Tests.Hosting;

public sealed record IssuedTokens(string Access, string Refresh);

/// <summary>A vendor's token and revocation endpoints over real HTTP. A refresh token works once, as rotating vendors have it.</summary>
public sealed class TokenServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, bool> refreshTokens = new();

    private TokenServer(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    /// <summary>The refresh tokens that were presented, in order.</summary>
    public ConcurrentQueue<string> Refreshed { get; } = new();

    public ConcurrentQueue<string> Revoked { get; } = new();

    /// <summary>Answers with this status, and <see cref="Error"/> as the body.</summary>
    public HttpStatusCode? Status { get; set; }

    public string? Error { get; set; }

    /// <summary>Leaves the refresh token out of the answer and keeps the old one good.</summary>
    public bool OmitsRefreshToken { get; set; }

    /// <summary>Holds every refresh until it is released.</summary>
    public TaskCompletionSource? Hold { get; set; }

    public static async Task<TokenServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new TokenServer(builder.Build());
        server.app.MapPost("/token", (Delegate)server.TokenAsync);
        server.app.MapPost("/revoke", (Delegate)server.RevokeAsync);
        await server.app.StartAsync();
        return server;
    }

    public IssuedTokens Issue()
    {
        var tokens = new IssuedTokens($"access-{Random()}", $"refresh-{Random()}");
        refreshTokens[tokens.Refresh] = true;
        return tokens;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var presented = form["refresh_token"].ToString();
        Refreshed.Enqueue(presented);
        if (Hold is { } hold)
        {
            await hold.Task;
        }

        if (Status is { } status)
        {
            return Results.Json(new { error = Error }, statusCode: (int)status);
        }

        if (form["client_secret"] != "secret-of-the-client" || form["resource"] != Url)
        {
            return Results.Json(new { error = "invalid_request" }, statusCode: 400);
        }

        if (OmitsRefreshToken)
        {
            return refreshTokens.ContainsKey(presented)
                ? Results.Json(new { access_token = $"access-{Random()}", token_type = "Bearer", expires_in = 3600 })
                : Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        if (!refreshTokens.TryRemove(presented, out _))
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        var issued = Issue();
        return Results.Json(new { access_token = issued.Access, refresh_token = issued.Refresh, token_type = "Bearer", expires_in = 3600 });
    }

    private async Task<IResult> RevokeAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        Revoked.Enqueue(form["token"].ToString());
        return Status is { } status ? Results.StatusCode((int)status) : Results.Ok();
    }

    private static string Random() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
}
