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

        var asked = Asked(world, place[1], arguments, isRaw: seed / Projects.Length % 2 == 1);

        var reply = await set.QueryAsync(place[1], asked);

        Comparison.Differences(Calculator.Of(world, arguments), reply).ShouldBeEmpty($"{place[0]} {place[1]} {asked.ToJsonString()}");
    }

    /// <summary>Every other seed asks in the raw form for what it was going to ask in the typed one; the figures expected stay those of the typed one.</summary>
    private static JsonObject Asked(World world, string project, JsonObject arguments, bool isRaw)
    {
        if (!isRaw || arguments["chart"] is not JsonObject chart || RawSpelling.Of(world, project, chart) is not { } definition)
        {
            return arguments;
        }

        var asked = arguments.DeepClone().AsObject();
        asked.Remove("chart");
        asked["definition"] = definition;
        return asked;
    }

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out var number) ? number : otherwise;
}
