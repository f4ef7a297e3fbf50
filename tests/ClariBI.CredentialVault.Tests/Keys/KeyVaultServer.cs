using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using ClariBI.CredentialVault.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace ClariBI.CredentialVault.Tests.Keys;

/// <summary>
/// The secrets part of the Key Vault's REST protocol over real HTTPS: the authentication challenge, get with and without a
/// version, the list of versions in pages, set, disabled versions, throttling and outages.
/// </summary>
internal sealed class KeyVaultServer : IAsyncDisposable
{
    private const string Token = "token-for-the-key-vault";
    private readonly WebApplication app;
    private readonly X509Certificate2 certificate;
    private readonly ConcurrentQueue<HttpStatusCode> faults = new();
    private readonly List<SecretVersion> versions = [];

    private KeyVaultServer(WebApplication app, X509Certificate2 certificate) => (this.app, this.certificate) = (app, certificate);

    public Uri Url => new(app.Urls.Single());

    /// <summary>Method, path and whether it carried the token, in order.</summary>
    public ConcurrentQueue<(string Request, bool Authorized)> Requests { get; } = new();

    public int Answered => Requests.Count(request => request.Authorized);

    /// <summary>The challenges that the client had to answer.</summary>
    public ConcurrentQueue<TokenRequestContext> SignIns { get; } = new();

    public HttpStatusCode? Away { get; set; }

    public bool MayNotSet { get; set; }

    public static async Task<KeyVaultServer> StartAsync()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(certificate);
        }));
        builder.Logging.ClearProviders();
        var server = new KeyVaultServer(builder.Build(), certificate);
        server.app.Use(server.GuardAsync);
        server.app.MapGet("/secrets/{name}/versions", (Delegate)server.List);
        server.app.MapGet("/secrets/{name}/{version?}", (Delegate)server.Get);
        server.app.MapPut("/secrets/{name}", (Delegate)server.SetAsync);
        await server.app.StartAsync();
        return server;
    }

    public string Add(string? value = null)
    {
        var version = new SecretVersion(Guid.NewGuid().ToString("N"), value ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), versions.Count);
        versions.Add(version);
        return version.Id;
    }

    public void Disable(string version) => versions.Single(row => row.Id == version).Enabled = false;

    public void Delete(string version) => versions.RemoveAll(row => row.Id == version);

    /// <summary>The next requests fail so, one each.</summary>
    public void FailNext(params HttpStatusCode[] statuses)
    {
        foreach (var status in statuses)
        {
            faults.Enqueue(status);
        }
    }

    /// <summary>The real client. Its certificate check knows this server, and the challenge may name another host's resource.</summary>
    public SecretClient Client()
    {
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, presented, _, _) => presented?.Thumbprint == certificate.Thumbprint };
        var options = KeyVaultClient.Options();
        options.Transport = new HttpClientTransport(handler);
        options.DisableChallengeResourceVerification = true;
        options.Retry.Delay = TimeSpan.FromMilliseconds(20);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(100);
        return new SecretClient(Url, new Identity(this), options);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        certificate.Dispose();
    }

    private async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var authorized = context.Request.Headers.Authorization == $"Bearer {Token}";
        Requests.Enqueue(($"{context.Request.Method} {context.Request.Path}", authorized));
        if (!authorized)
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate =
                """Bearer authorization="https://login.windows.net/11111111-2222-3333-4444-555555555555", resource="https://vault.azure.net" """.Trim();
            return;
        }

        if (Away is { } away || faults.TryDequeue(out away))
        {
            if (away == HttpStatusCode.TooManyRequests)
            {
                context.Response.Headers.RetryAfter = "1";
            }

            await Error((int)away, "Unavailable", "Try later.").ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private IResult Get(string name, string? version)
    {
        var found = version is null ? versions.LastOrDefault() : versions.Find(row => row.Id == version);
        return found switch
        {
            null => Error(404, "SecretNotFound", $"A secret with (name/id) {name}/{version} was not found in this key vault."),
            { Enabled: false } => Error(403, "Forbidden", "Operation get is not allowed on a disabled secret."),
            _ => Results.Json(Body(name, found, withValue: true)),
        };
    }

    private IResult List(string name, int? skip)
    {
        // Two to a page, so that the client has to follow.
        var from = skip ?? 0;
        var more = from + 2 < versions.Count;
        return versions.Count == 0
            ? Error(404, "SecretNotFound", "not found")
            : Results.Json(new
            {
                value = versions.Skip(from).Take(2).Select(row => Body(name, row, withValue: false)),
                nextLink = more ? $"{Url}secrets/{name}/versions?api-version=7.6&skip={from + 2}" : null,
            });
    }

    private async Task<IResult> SetAsync(string name, HttpContext context)
    {
        var body = await context.Request.ReadFromJsonAsync<Dictionary<string, object>>();
        return MayNotSet ? Error(403, "Forbidden", "The user does not have secrets set permission.") : Get(name, Add(body!["value"].ToString()));
    }

    private object Body(string name, SecretVersion row, bool withValue) => new
    {
        id = $"{Url}secrets/{name}/{row.Id}",
        value = withValue ? row.Value : null,
        attributes = new { enabled = row.Enabled, created = 1_700_000_000 + row.Age, updated = 1_700_000_000 + row.Age, recoveryLevel = "Recoverable" },
    };

    private static IResult Error(int status, string code, string message) =>
        Results.Json(new { error = new { code, message } }, statusCode: status);

    private sealed record SecretVersion(string Id, string Value, int Age)
    {
        public bool Enabled { get; set; } = true;
    }

    private sealed class Identity(KeyVaultServer server) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            server.SignIns.Enqueue(requestContext);
            return new AccessToken(Token, TimeProvider.System.GetUtcNow().AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
