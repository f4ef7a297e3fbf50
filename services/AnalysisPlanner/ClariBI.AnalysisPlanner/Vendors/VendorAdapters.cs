using ClariBI.Contracts.Connector;

namespace ClariBI.AnalysisPlanner.Vendors;

internal sealed class VendorAdapters(IEnumerable<IVendorAdapter> adapters)
{
    private readonly Dictionary<string, IVendorAdapter> byVendor = adapters.ToDictionary(adapter => adapter.Vendor, StringComparer.Ordinal);

    public IVendorAdapter For(DataSourceInfo source) =>
        byVendor.TryGetValue(source.Vendor, out var adapter)
            ? adapter
            : throw new PlannerProblemException(new PlannerProblem(
                "vendor-not-supported", "This vendor cannot be asked yet.", $"Questions to {source.VendorName} are not supported yet."));
}
