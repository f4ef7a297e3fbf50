using System.Text.Json.Nodes;
using ClariBI.Sandbox.Numbers.Tests.Reading;
using ClariBI.Sandbox.Numbers.Tests.Server;

namespace ClariBI.Sandbox.Numbers.Tests.Cases;

/// <summary>Queries nobody wrote. The seed and the query of a mismatch are in its message.</summary>
public sealed class RandomTests(DataSets sets)
{
    private static readonly string[][] Projects = [["media", "100001"], ["media", "200001"], ["saas", "310001"], ["marketplace", "410001"], ["corners", "900001"], ["corners", "900002"], ["corners", "900003"], ["corners", "900004"], ["corners", "900005"]];

    /// <summary>CLARIBI_NUMBERS_SEED gives the first seed, CLARIBI_NUMBERS_QUERIES how many.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(Setting("CLARIBI_NUMBERS_SEED", 1), Setting("CLARIBI_NUMBERS_QUERIES", 180))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Of_seed(int seed)
    {
        var random = new Random(seed);
        var place = Projects[seed % Projects.Length];
        var set = await sets.OpenAsync(place[0]);
        var world = set.World(place[1]);
        var arguments = new RandomQueries(world.File, random).Next();

        var asked = Asked(world, place[1], arguments, isRaw: seed / Projects.Length % 3 > 0);

        var reply = await set.QueryAsync(place[1], asked);

        Comparison.Differences(Calculator.Of(world, arguments), reply).ShouldBeEmpty($"{place[0]} {place[1]} {asked.ToJsonString()}");
    }

    /// <summary>Two seeds of three ask in the raw form for what they would ask in the typed one; the figures expected stay those of the typed one.</summary>
    private static JsonObject Asked(World world, string project, JsonObject arguments, bool isRaw) =>
        isRaw && RawSpelling.OfArguments(world, project, arguments) is { } raw ? raw : arguments;

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out var number) ? number : otherwise;
}
