using ClariBI.Sandbox.Numbers.Tests.HoldOut;

[assembly: AssemblyFixture(typeof(ClariBI.Sandbox.Numbers.Tests.Server.DataSets))]

namespace ClariBI.Sandbox.Numbers.Tests.Server;

/// <summary>The data sets, each started when first asked for and shared by all tests.</summary>
public sealed class DataSets : IAsyncDisposable
{
    private readonly Dictionary<string, Lazy<Task<DataSet>>> sets = new()
    {
        ["media"] = new(() => DataSet.OpenAsync("media")),
        ["saas"] = new(() => DataSet.OpenAsync("saas")),
        ["marketplace"] = new(() => DataSet.OpenAsync("marketplace")),
        ["corners"] = new(() => DataSet.OpenAsync("media", Corners.Write)),
        ["clinic"] = new(() => DataSet.OpenAsync("media", Clinic.Write)),
        ["trial"] = new(() => DataSet.OpenAsync("media", Trial.Write)),
        ["corners as json"] = new(() => DataSet.OpenAsync("media", Corners.Write, results: "json")),
    };

    internal Task<DataSet> OpenAsync(string name) => sets[name].Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var set in sets.Values.Where(set => set is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }))
        {
            await (await set.Value).DisposeAsync();
        }
    }
}
