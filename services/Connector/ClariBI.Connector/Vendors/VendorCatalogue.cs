using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Vendors;

/// <summary>The vendors that can be connected. Another one is another row of <c>catalogue.json</c>.</summary>
internal sealed class VendorCatalogue
{
    public const string SandboxRegion = "sandbox";
    private const string SandboxVendor = "amplitude";

    private readonly SandboxProbe probe;
    private readonly VendorRegion? sandbox;

    public VendorCatalogue(IOptions<ConnectorOptions> options, SandboxProbe probe)
    {
        this.probe = probe;
        using var stream = typeof(VendorCatalogue).Assembly.GetManifestResourceStream(typeof(VendorCatalogue), "catalogue.json")!;
        All = WithOwn(JsonSerializer.Deserialize<List<Vendor>>(stream, JsonSerializerOptions.Web)!, options.Value.CatalogueFile);
        if (options.Value.SandboxUrl.Length > 0)
        {
            var url = new Uri(new Uri(options.Value.SandboxUrl.TrimEnd('/') + "/"), "mcp");
            sandbox = new VendorRegion(SandboxRegion, "Sandbox (sample data)", url, Sandbox: true);
        }
    }

    public IReadOnlyList<Vendor> All { get; }

    /// <summary>The operator's rows follow ours, and stand in for those with the same id.</summary>
    private static List<Vendor> WithOwn(List<Vendor> known, string file)
    {
        if (file.Length == 0)
        {
            return known;
        }

        var own = JsonSerializer.Deserialize<List<Vendor>>(File.ReadAllBytes(file), JsonSerializerOptions.Web)!;
        return [.. known.Where(vendor => !own.Exists(other => other.Id == vendor.Id)), .. own];
    }

    public Vendor? Find(string id) => All.FirstOrDefault(vendor => vendor.Id == id);

    /// <summary>The vendor's regions, with the sandbox while it runs.</summary>
    public async Task<IReadOnlyList<VendorRegion>> RegionsAsync(Vendor vendor, CancellationToken cancellationToken) =>
        vendor.Id == SandboxVendor && sandbox is not null && await probe.IsUpAsync(cancellationToken)
            ? [.. vendor.Regions, sandbox]
            : vendor.Regions;

    /// <summary>The name of a region, also of one that cannot be chosen now.</summary>
    public static string RegionName(Vendor? vendor, string region) =>
        region == SandboxRegion ? "Sandbox (sample data)" : vendor?.Regions.FirstOrDefault(known => known.Id == region)?.Name ?? region;
}
