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

    /// <summary>Every third typed case that can be said in the raw form (every one with CLARIBI_NUMBERS_RAW=1).</summary>
    public static TheoryData<string, string> Typed
    {
        get
        {
            var step = Environment.GetEnvironmentVariable("CLARIBI_NUMBERS_RAW") is null ? 3 : 1;
            return [.. new[] { "media", "saas", "marketplace", "corners" }.SelectMany(table => Case.Of(table).Where(item => RawSpelling.Knows(item.Arguments)).Select(item => (table, item.Name))).Where((_, index) => index % step == 0)];
        }
    }

    [Theory]
    [MemberData(nameof(Typed))]
    public async Task In_raw_form(string table, string name)
    {
        var set = await sets.OpenAsync(table);
        var one = Case.Of(table).Single(item => item.Name == name);
        var world = set.World(one.Project);
        var raw = RawSpelling.OfArguments(world, one.Project, one.Arguments)!;

        var reply = await set.QueryAsync(one.Project, raw);

        Comparison.Differences(Calculator.Of(world, one.Arguments), reply).ShouldBeEmpty($"{one.Project} {raw.ToJsonString()}");
    }

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
