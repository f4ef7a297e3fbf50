using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClariBI.Connector.Vendors;

internal sealed record VendorResponse(
    string Id, string Name, string Category, string Summary, string Initials, IReadOnlyList<VendorRegionResponse> Regions);

internal sealed record VendorRegionResponse(string Id, string Name, Uri Url, bool Sandbox);

internal static class ListVendors
{
    public static void MapListVendors(this IEndpointRouteBuilder connector) =>
        connector.MapGet("/api/vendors", HandleAsync).WithName(nameof(ListVendors)).WithSummary("List the vendors that can be connected");

    private static async Task<Ok<List<VendorResponse>>> HandleAsync(VendorCatalogue catalogue, CancellationToken cancellationToken)
    {
        var vendors = new List<VendorResponse>();
        foreach (var vendor in catalogue.All)
        {
            var regions = await catalogue.RegionsAsync(vendor, cancellationToken);
            vendors.Add(new VendorResponse(
                vendor.Id, vendor.Name, vendor.Category, vendor.Summary, vendor.Initials,
                [.. regions.Select(region => new VendorRegionResponse(region.Id, region.Name, region.Url, region.Sandbox))]));
        }

        return TypedResults.Ok(vendors);
    }
}
