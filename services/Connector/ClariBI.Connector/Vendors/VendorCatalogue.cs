using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Vendors;

/// <summary>The vendors that can be connected. Another one is another row of <c>Catalogue/*.json</c> or of the operator's file.</summary>
internal sealed class VendorCatalogue
{
    public const string SandboxRegion = "sandbox";
    public const string SandboxEuRegion = "sandbox-eu";
    private const string SandboxVendor = "amplitude";

    private readonly SandboxProbe probe;
    private readonly List<VendorRegion> sandboxes;

    public VendorCatalogue(IOptions<ConnectorOptions> options, SandboxProbe probe)
    {
        this.probe = probe;
        All = [.. WithOwn(CatalogueFiles.Ours(), options.Value.CatalogueFile).OrderBy(Place).ThenBy(vendor => vendor.Name, StringComparer.OrdinalIgnoreCase)];
        sandboxes =
        [
            .. Sandbox(SandboxRegion, options.Value.SandboxUrl),
            .. Sandbox(SandboxEuRegion, options.Value.SandboxEuUrl),
        ];
    }

    /// <summary>Those whose tools are known by name first, then the others by name, what only owners may connect last.</summary>
    public IReadOnlyList<Vendor> All { get; }

    /// <returns>The vendor whose server this is; null for an address that no row has.</returns>
    public Vendor? At(Uri server) => All.FirstOrDefault(vendor => vendor.Regions.Any(region => SameOrigin(region.Url, server)))
        ?? (sandboxes.Any(region => SameOrigin(region.Url, server)) ? Find(SandboxVendor) : null);

    /// <summary>Whether the vendor's row holds the server's origin.</summary>
    public bool IsAt(Vendor vendor, Uri server) => RegionsOf(vendor).Any(region => SameOrigin(region.Url, server));

    /// <returns>The vendor whose row holds the address, where the server is not one of its own; else null.</returns>
    public Vendor? OwnerOf(Uri address, Uri server)
    {
        var owners = All.Where(vendor => IsAt(vendor, address)).ToList();
        return owners.Exists(vendor => IsAt(vendor, server)) ? null : owners.FirstOrDefault();
    }

    public Vendor? Find(string id) => All.FirstOrDefault(vendor => vendor.Id == id);

    /// <summary>
    /// Where the vendor can be connected, the sandbox included whether it answers or not: whoever tries learns what is wrong from
    /// the attempt, and a slow probe turns nobody away.
    /// </summary>
    public IReadOnlyList<VendorRegion> RegionsOf(Vendor vendor) => vendor.Id == SandboxVendor ? [.. vendor.Regions, .. sandboxes] : vendor.Regions;

    /// <summary>What to offer: the vendor's regions, with those of the sandbox while it runs.</summary>
    public async Task<IReadOnlyList<VendorRegion>> RegionsAsync(Vendor vendor, CancellationToken cancellationToken)
    {
        var regions = vendor.Regions.ToList();
        foreach (var sandbox in vendor.Id == SandboxVendor ? sandboxes : [])
        {
            if (await probe.IsUpAsync(sandbox.Url, cancellationToken))
            {
                regions.Add(sandbox);
            }
        }

        return regions;
    }

    public static bool IsSandbox(string region) => region is SandboxRegion or SandboxEuRegion;

    /// <summary>The name of a region, also of one that cannot be chosen now.</summary>
    public static string RegionName(Vendor? vendor, string region) => region switch
    {
        SandboxRegion => "Sandbox (sample data)",
        SandboxEuRegion => "Sandbox EU (sample data)",
        _ => vendor?.Regions.FirstOrDefault(known => known.Id == region)?.Name ?? region,
    };

    /// <summary>The operator's rows stand in for ours with the same id.</summary>
    private static List<Vendor> WithOwn(List<Vendor> known, string file)
    {
        var own = file.Length == 0 ? [] : CatalogueFiles.Read(file);
        return [.. known.Where(vendor => !own.Exists(other => other.Id == vendor.Id)), .. own];
    }

    public static bool SameOrigin(Uri left, Uri right) =>
        Uri.Compare(left, right, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static int Place(Vendor vendor) => vendor.Tools is not null ? 0 : vendor.OwnerOnly ? 2 : 1;

    private static IEnumerable<VendorRegion> Sandbox(string region, string origin) => origin.Length == 0
        ? []
        : [new VendorRegion(region, RegionName(null, region), new Uri(new Uri(origin.TrimEnd('/') + "/"), "mcp"), Sandbox: true)];
}
