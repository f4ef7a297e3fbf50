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

    /// <summary>The forms of all token requests, in order.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Asked { get; } = new();

    public ConcurrentQueue<string> Revoked { get; } = new();

    /// <summary>Answers with this status, and <see cref="Error"/> as the body; at the revocation endpoint too.</summary>
    public HttpStatusCode? Status { get; set; }

    public string? Error { get; set; }

    /// <summary>Answers with this body, with HTTP 200 or <see cref="Status"/>.</summary>
    public string? Html { get; set; }

    public string? RetryAfter { get; set; }

    /// <summary>Leaves the refresh token out of the answer and keeps the old one good.</summary>
    public bool OmitsRefreshToken { get; set; }

    /// <summary>Leaves the life of the token out of the answer.</summary>
    public bool OmitsExpiry { get; set; }

    /// <summary>Seconds that an access token lives.</summary>
    public int ExpiresIn { get; set; } = 3600;

    /// <summary>Refuses <c>resource</c> at the refresh, with a code of its own.</summary>
    public bool RefusesResource { get; set; }

    /// <summary>Takes a refresh token again that it has replaced already, as vendors with a grace period do.</summary>
    public bool ForgivesRepeats { get; set; }

    /// <summary>Holds every refresh until it is released.</summary>
    public TaskCompletionSource? Hold { get; set; }

    /// <summary>Takes the request, spends the refresh token and drops the connection, or holds the answer, as <see cref="Hold"/> says.</summary>
    public bool HoldsAnswer { get; set; }

    /// <summary>Breaks the connection instead of answering.</summary>
    public bool DropsAnswer { get; set; }

    public string[] ClientSecrets { get; set; } = ["secret-of-the-client"];

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
        Asked.Enqueue(form.ToDictionary(field => field.Key, field => field.Value.ToString()));
        if (Hold is { } hold && !HoldsAnswer)
        {
            await hold.Task;
        }

        if (RetryAfter is not null)
        {
            context.Response.Headers.RetryAfter = RetryAfter;
        }

        if (Html is not null)
        {
            return Results.Content(Html, "text/html", statusCode: (int)(Status ?? HttpStatusCode.OK));
        }

        if (Status is { } status)
        {
            return Results.Json(new { error = Error }, statusCode: (int)status);
        }

        if (Refuses(form) is { } refused)
        {
            return Results.Json(new { error = refused }, statusCode: 400);
        }

        var answer = Grant(form["grant_type"] == "client_credentials", presented);
        if (Hold is { } holding && HoldsAnswer)
        {
            await holding.Task;
        }

        if (DropsAnswer)
        {
            context.Abort();
        }

        return answer;
    }

    private string? Refuses(IFormCollection form)
    {
        if (!ClientSecrets.Contains(form["client_secret"].ToString()))
        {
            return "invalid_client";
        }

        return RefusesResource
            ? form.ContainsKey("resource") ? "invalid_target" : null
            : form["resource"] == Url ? null : "invalid_request";
    }

    private IResult Grant(bool clientCredentials, string presented)
    {
        if (clientCredentials || OmitsRefreshToken)
        {
            return clientCredentials || refreshTokens.ContainsKey(presented)
                ? Results.Json(new { access_token = $"access-{Random()}", token_type = "Bearer", expires_in = ExpiresIn })
                : Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        if (!refreshTokens.TryGetValue(presented, out var unused) || !(unused || ForgivesRepeats))
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        refreshTokens[presented] = false;
        var issued = Issue();
        return OmitsExpiry
            ? Results.Json(new { access_token = issued.Access, refresh_token = issued.Refresh, token_type = "Bearer" })
            : Results.Json(new { access_token = issued.Access, refresh_token = issued.Refresh, token_type = "Bearer", expires_in = ExpiresIn });
    }

    private async Task<IResult> RevokeAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        Revoked.Enqueue(form["token"].ToString());
        return Status is { } status ? Results.StatusCode((int)status) : Results.Ok();
    }

    private static string Random() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
}
