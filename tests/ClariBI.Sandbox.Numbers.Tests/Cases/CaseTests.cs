using ClariBI.Sandbox.Numbers.Tests.Reading;
using ClariBI.Sandbox.Numbers.Tests.Server;

namespace ClariBI.Sandbox.Numbers.Tests.Cases;

/// <summary>Every query of the tables gives what the reference computes from the exported lines.</summary>
public sealed class CaseTests(DataSets sets)
{
    public static TheoryData<string> Media => [.. Case.Names("media")];

    public static TheoryData<string> Saas => [.. Case.Names("saas")];

    public static TheoryData<string> Marketplace => [.. Case.Names("marketplace")];

    public static TheoryData<string> Corners => [.. Case.Names("corners")];

    [Theory]
    [MemberData(nameof(Media))]
    public Task Of_media(string name) => CheckAsync("media", name);

    [Theory]
    [MemberData(nameof(Saas))]
    public Task Of_saas(string name) => CheckAsync("saas", name);

    [Theory]
    [MemberData(nameof(Marketplace))]
    public Task Of_marketplace(string name) => CheckAsync("marketplace", name);

    [Theory]
    [MemberData(nameof(Corners))]
    public Task Of_corners(string name) => CheckAsync("corners", name);

    private async Task CheckAsync(string table, string name)
    {
        var set = await sets.OpenAsync(table);
        var one = Case.Of(table).Single(item => item.Name == name);

        var reply = await set.QueryAsync(one.Project, one.Arguments);

        Comparison.Differences(Calculator.Of(set.World(one.Project), one.Arguments), reply).ShouldBeEmpty($"{one.Project} {one.Arguments.ToJsonString()}");
    }
}
