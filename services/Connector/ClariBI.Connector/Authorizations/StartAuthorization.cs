using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using ClariBI.Connector.Authorizations.Discovery;
using ClariBI.Connector.Authorizations.Registration;
using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using ClariBI.Connector.Vendors;
using ClariBI.ServiceDefaults.Callers;
using Duende.IdentityModel.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Authorizations;

/// <param name="DataSourceId">The data source to connect again; null for a new one.</param>
public sealed record StartAuthorizationRequest(
    [Required, StringLength(80)] string Vendor, [Required, StringLength(80)] string Region, Guid? DataSourceId);

internal static class StartAuthorization
{
    public static void MapStartAuthorization(this IEndpointRouteBuilder connector) =>
        connector.MapPost("/api/authorizations", HandleAsync).WithName(nameof(StartAuthorization)).WithSummary("Begin to connect an account")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status502BadGateway);

    private static async Task<Results<Created<AuthorizationResponse>, ProblemHttpResult>> HandleAsync(
        StartAuthorizationRequest request, Caller caller, VendorCatalogue catalogue, AuthorizationStarter starter, ConnectorDbContext db,
        HttpContext context, CancellationToken cancellationToken)
    {
        if (catalogue.Find(request.Vendor) is not { } vendor)
        {
            return TypedResults.Problem(type: "vendor-not-found", title: "There is no such vendor.", statusCode: StatusCodes.Status404NotFound);
        }

        var regions = await catalogue.RegionsAsync(vendor, cancellationToken);
        if (regions.FirstOrDefault(region => region.Id == request.Region) is not { } region)
        {
            return TypedResults.Problem(
                type: "region-not-found", title: $"{vendor.Name} has no such region.", statusCode: StatusCodes.Status404NotFound,
                detail: $"Choose one of: {string.Join(", ", regions.Select(known => known.Id))}.");
        }

        if (request.DataSourceId is { } dataSourceId && !await db.DataSources.AnyAsync(
            row => row.Id == dataSourceId && row.WorkspaceId == caller.WorkspaceId && row.Vendor == vendor.Id, cancellationToken))
        {
            return DataSourceProblems.NotFound();
        }

        try
        {
            var authorization = await starter.StartAsync(vendor, region, request.DataSourceId, caller, context, cancellationToken);
            return TypedResults.Created($"/api/authorizations/{authorization.Id}", authorization);
        }
        catch (ConnectingException failure)
        {
            return AuthorizationProblems.Connecting(failure);
        }
    }
}

/// <summary>Discovers, registers where needed, and makes the address of the consent page.</summary>
internal sealed class AuthorizationStarter(
    VendorDiscovery discovery, ClientRegistrations registrations, BrowserBinding browser, ConnectorSecrets secrets, ConnectorStore store)
{
    private const string OfflineAccess = "offline_access";

    public async Task<AuthorizationResponse> StartAsync(
        Vendor vendor, VendorRegion region, Guid? dataSourceId, Caller caller, HttpContext context, CancellationToken cancellationToken)
    {
        var metadata = await discovery.DiscoverAsync(region.Url, cancellationToken);
        var scope = Narrow(vendor.Scopes, metadata.Scopes);
        var registration = await registrations.GetAsync(metadata, store.RedirectUri, scope, cancellationToken);

        var id = Guid.CreateVersion7();
        var (state, verifier) = (ConnectorSecrets.Random(), ConnectorSecrets.Random());
        var authorizeUrl = new RequestUrl(metadata.AuthorizationEndpoint.OriginalString).CreateAuthorizeUrl(
            registration.ClientId, "code", scope, registration.RedirectUri, state,
            codeChallenge: Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))), codeChallengeMethod: "S256",
            extra: new Parameters { { "resource", metadata.Resource } });
        var start = new AuthorizationStart(
            id, vendor.Id, region.Id, region.Url, dataSourceId, ConnectorSecrets.Hash(state), ConnectorSecrets.Hash(browser.Bind(context)),
            secrets.Seal(verifier, $"verifier:{id:N}"), scope, authorizeUrl);
        var now = store.Clock.GetUtcNow();
        var authorization = Authorization.Start(start, caller, metadata, registration, now);
        store.Db.Authorizations.Add(authorization);
        await store.Db.SaveChangesAsync(cancellationToken);
        return AuthorizationResponse.Of(authorization, now);
    }

    /// <summary>The catalogue's scopes. Staying connected (<c>offline_access</c>) is not asked of a server that says it cannot.</summary>
    private static string Narrow(IReadOnlyList<string> wanted, IReadOnlyList<string>? supported) =>
        string.Join(' ', wanted.Where(scope => scope != OfflineAccess || supported is null || supported.Contains(OfflineAccess)));
}

/// <summary>The database, the clock and the address that vendors send people back to.</summary>
internal sealed class ConnectorStore(ConnectorDbContext db, TimeProvider clock, IOptions<ConnectorOptions> options)
{
    public ConnectorDbContext Db => db;

    public TimeProvider Clock => clock;

    public string RedirectUri { get; } = $"{options.Value.PublicUrl.TrimEnd('/')}/api/oauth/callback";
}
