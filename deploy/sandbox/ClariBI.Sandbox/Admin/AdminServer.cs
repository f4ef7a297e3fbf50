using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.OAuth;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ClariBI.Sandbox.Admin;

/// <summary>A second listener, on loopback only, that shares nothing with the public one but the objects it shows.</summary>
internal sealed partial class AdminServer(IServiceProvider services, SandboxOptions options, ILogger<AdminServer> logger) : IHostedService
{
    private WebApplication? app;

    public string? Address { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.AdminUrls is null)
        {
            return;
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.AdminUrls);
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.UseMiddleware<OwnHosts>(options);
        Map(app);
        await app.StartAsync(cancellationToken);
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        LogListening(logger, Address);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (app is not null)
        {
            await app.StopAsync(cancellationToken);
            await app.DisposeAsync();
        }
    }

    private void Map(WebApplication app)
    {
        var log = services.GetRequiredService<RequestLog>();
        var faults = services.GetRequiredService<Faults>();
        app.MapGet("/requests", () => TypedResults.Ok(log.List()));
        app.MapDelete("/requests", () =>
        {
            log.Clear();
            return TypedResults.NoContent();
        });
        app.MapGet("/grants", () => TypedResults.Ok(services.GetRequiredService<GrantStore>().List().Select(ShownGrant.From)));
        MapEnding(app, "/grants", grants => grants.RevokeAll("revoked by an administrator"));
        MapEnding(app, "/access-tokens", grants => grants.ExpireAccess());
        MapEnding(app, "/clients", grants => grants.ForgetClients());
        app.MapPost("/service-accounts", (ServiceAccount account) =>
            account.Check(services.GetRequiredService<Workspace>(), options) is { } wrong ? Results.Problem(wrong, statusCode: 400) : account.Create(services.GetRequiredService<GrantStore>()));
        app.MapGet("/data", () => TypedResults.Ok(services.GetRequiredService<Workspace>().Describe()));
        app.MapGet("/settings", () => TypedResults.Ok(Settings.Of(options)));
        app.MapPost("/settings", (Settings settings) => settings.Apply(options) is { } wrong ? Results.Problem(wrong, statusCode: 400) : TypedResults.Ok(Settings.Of(options)));
        app.MapGet("/faults", () => TypedResults.Ok(faults.List()));
        app.MapPost("/faults", (Fault fault) =>
        {
            if (fault.Kind == "none")
            {
                faults.Clear();
                return Results.NoContent();
            }

            if (FaultKinds.Check(fault) is { } wrong)
            {
                return Results.Problem(wrong, statusCode: 400);
            }

            faults.Set(fault);
            return Results.NoContent();
        });
    }

    private void MapEnding(WebApplication app, string path, Action<GrantStore> end) => app.MapDelete(path, () =>
    {
        end(services.GetRequiredService<GrantStore>());
        return TypedResults.NoContent();
    });

    [LoggerMessage(Level = LogLevel.Information, Message = "Admin endpoint on {Address}")]
    private static partial void LogListening(ILogger logger, string address);

    private sealed record ShownGrant(
        string Id, string Region, string? Account, string ClientName, string OrganisationId, string[] Scopes, DateTimeOffset CreatedAt, DateTimeOffset AccessExpiresAt, bool Revoked, string? RevokedBecause, string? AccessToken, string? RefreshToken)
    {
        public static ShownGrant From(Grant grant) => new(
            grant.Id, grant.Region, grant.Account, grant.ClientName, grant.OrganisationId, grant.Scopes, grant.CreatedAt, grant.AccessExpiresAt, grant.Revoked, grant.RevokedBecause, Fingerprint(grant.AccessHash), Fingerprint(grant.RefreshHash));

        private static string? Fingerprint(string? hash) => hash is null ? null : Secrets.FingerprintOfHash(hash);
    }
}
