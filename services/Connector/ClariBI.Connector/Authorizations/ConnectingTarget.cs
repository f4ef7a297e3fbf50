using System.Diagnostics.CodeAnalysis;
using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using ClariBI.Connector.Vendors;
using ClariBI.ServiceDefaults.Callers;
using ClariBI.ServiceDefaults.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Authorizations;

/// <summary>What somebody wants to connect.</summary>
/// <param name="Region">Empty where the vendor has none and the person gave the address.</param>
/// <param name="Reconnected">The data source that is connected again; null for a new one.</param>
internal sealed record ConnectingTarget(Vendor Vendor, string Region, Uri Server, DataSource? Reconnected, Caller Caller)
{
    public Guid? DataSourceId => Reconnected?.Id;
}

/// <summary>Where somebody wants to connect to, as a request says it.</summary>
internal sealed record TargetRequest(string Vendor, string? Region, string? ServerUrl, Guid? DataSourceId);

/// <summary>Finds the server of a request, or says why there is none.</summary>
internal sealed class ConnectingTargets(VendorCatalogue catalogue, ConnectorDbContext db, IOptions<OutboundOptions> outbound)
{
    public async Task<(ConnectingTarget? Target, ProblemHttpResult? Problem)> FindAsync(
        TargetRequest request, Caller caller, CancellationToken cancellationToken)
    {
        if (catalogue.Find(request.Vendor) is not { } vendor)
        {
            return (null, TypedResults.Problem(type: "vendor-not-found", title: "There is no such vendor.", statusCode: StatusCodes.Status404NotFound));
        }

        DataSource? reconnected = null;
        if (request.DataSourceId is { } id)
        {
            reconnected = await db.DataSources.AsNoTracking().In(caller).SingleOrDefaultAsync(
                row => row.Id == id && row.Vendor == vendor.Id, cancellationToken);
            if (reconnected is null)
            {
                return (null, DataSourceProblems.NotFound());
            }
        }

        var typed = vendor.UrlHint is not null && !string.IsNullOrWhiteSpace(request.ServerUrl) && request.ServerUrl != reconnected?.ServerUrl;
        if ((typed || (vendor.NeedsOwner && reconnected is null)) && !caller.IsOwner)
        {
            return (null, OwnerOnly.Problem("connect a server of its own"));
        }

        return vendor.UrlHint is null || (vendor.Regions.Count > 0 && string.IsNullOrWhiteSpace(request.ServerUrl))
            ? AtRegion(vendor, request, reconnected, caller)
            : AtAddress(vendor, request, reconnected, caller);
    }

    private (ConnectingTarget?, ProblemHttpResult?) AtRegion(Vendor vendor, TargetRequest request, DataSource? reconnected, Caller caller)
    {
        if (!string.IsNullOrWhiteSpace(request.ServerUrl))
        {
            return (null, TypedResults.Problem(
                type: "server-url-not-taken", title: $"{vendor.Name} has addresses of its own.", statusCode: StatusCodes.Status400BadRequest,
                detail: "Choose a region instead of giving an address."));
        }

        var regions = catalogue.RegionsOf(vendor);
        var region = string.IsNullOrEmpty(request.Region) && regions.Count == 1 ? regions[0] : regions.FirstOrDefault(known => known.Id == request.Region);
        return region is not null
            ? (new ConnectingTarget(vendor, region.Id, region.Url, reconnected, caller), null)
            : (null, TypedResults.Problem(
                type: "region-not-found", title: $"{vendor.Name} has no such region.", statusCode: StatusCodes.Status404NotFound,
                detail: $"Choose one of: {string.Join(", ", regions.Select(known => known.Id))}."));
    }

    private (ConnectingTarget?, ProblemHttpResult?) AtAddress(Vendor vendor, TargetRequest request, DataSource? reconnected, Caller caller)
    {
        var given = string.IsNullOrWhiteSpace(request.ServerUrl) ? reconnected?.ServerUrl : request.ServerUrl;
        if (reconnected is null && TryNormalize(given, out var known) && catalogue.At(known) is { } row && row.Id != vendor.Id)
        {
            // Under its own name its tools are known, and only reading is asked for.
            return (null, TypedResults.Problem(
                type: "server-in-catalogue", title: $"This is {row.Name}.", statusCode: StatusCodes.Status400BadRequest,
                detail: $"Choose {row.Name} in the list of vendors instead of giving its address."));
        }

        if (reconnected is not null && TryNormalize(given, out var moved) && moved.GetLeftPart(UriPartial.Authority) != new Uri(reconnected.ServerUrl).GetLeftPart(UriPartial.Authority))
        {
            return (null, TypedResults.Problem(
                type: "other-server", title: $"{reconnected.Name} is at {new Uri(reconnected.ServerUrl).Host}.", statusCode: StatusCodes.Status409Conflict,
                detail: "Connecting again keeps the server. Add another data source for another one."));
        }

        return TryNormalize(given, out var server)
            ? (new ConnectingTarget(vendor, request.Region ?? "", server, reconnected, caller), null)
            : (null, TypedResults.Problem(
                type: "server-url-invalid", title: "This is not the address of a server that can be connected.", statusCode: StatusCodes.Status400BadRequest,
                detail: $"Give an https address without a user name, for example {vendor.UrlHint}."));
    }

    /// <summary>One spelling per server, so that what is remembered of it is found again: lower-case host, no default port, no fragment.</summary>
    private bool TryNormalize(string? given, [NotNullWhen(true)] out Uri? server)
    {
        server = null;
        if (!Uri.TryCreate(given?.Trim(), UriKind.Absolute, out var address) || address.Host.Length == 0 || address.UserInfo.Length > 0
            || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && outbound.Value.Allows(address))))
        {
            return false;
        }

        server = new UriBuilder(address) { Host = address.IdnHost.TrimEnd('.'), Fragment = "" }.Uri;
        return true;
    }
}
