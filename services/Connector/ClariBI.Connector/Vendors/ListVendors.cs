using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;

namespace ClariBI.Connector.Vendors;

/// <param name="UrlHint">Set where the person gives the address of the server: what it looks like.</param>
/// <param name="AdminStep">What an administrator does at the vendor first; null: nothing.</param>
/// <param name="NeedsClient">The vendor registers no clients by itself and the configuration holds none: the person gives one.</param>
/// <param name="ServiceAccounts">Whether a service account can be connected instead of a person.</param>
/// <param name="OwnerOnly">Whether only owners of a workspace may connect it.</param>
internal sealed record VendorResponse(
    string Id,
    string Name,
    string Category,
    string Summary,
    string Initials,
    IReadOnlyList<VendorRegionResponse> Regions,
    string? UrlHint,
    string? AdminStep,
    bool NeedsClient,
    bool ServiceAccounts,
    bool OwnerOnly);

internal sealed record VendorRegionResponse(string Id, string Name, Uri Url, bool Sandbox);

internal static class ListVendors
{
    public static void MapListVendors(this IEndpointRouteBuilder connector) =>
        connector.MapGet("/api/vendors", HandleAsync).WithName(nameof(ListVendors)).WithSummary("List the vendors that can be connected");

    private static async Task<Ok<List<VendorResponse>>> HandleAsync(
        VendorCatalogue catalogue, IConfiguration configuration, CancellationToken cancellationToken)
    {
        var vendors = new List<VendorResponse>();
        foreach (var vendor in catalogue.All)
        {
            var regions = await catalogue.RegionsAsync(vendor, cancellationToken);
            vendors.Add(new VendorResponse(
                vendor.Id, vendor.Name, vendor.Category, vendor.Summary, vendor.Initials,
                [.. regions.Select(region => new VendorRegionResponse(region.Id, region.Name, region.Url, region.Sandbox))],
                vendor.UrlHint, vendor.AdminStep,
                NeedsClient(vendor, configuration), vendor.Quirks.ServiceAccounts, vendor.NeedsOwner));
        }

        return TypedResults.Ok(vendors);
    }

    /// <summary>False where one of <c>Connector:Clients</c>, which the operator registered by hand, is for this vendor.</summary>
    internal static bool NeedsClient(Vendor vendor, IConfiguration configuration) =>
        vendor.Quirks.Registration == RegistrationKind.PreRegistered
        && !configuration.GetSection($"{ConnectorOptions.SectionName}:Clients").GetChildren().Any(client => client["Vendor"] == vendor.Id);
}
