using System.Text.Json.Nodes;
using ClariBI.Sandbox.Numbers.Tests.Reading;
using ClariBI.Sandbox.Numbers.Tests.Server;

namespace ClariBI.Sandbox.Numbers.Tests.Cases;

/// <summary>A sandbox told to answer with JSON says the same figures.</summary>
public sealed class JsonFormTests(DataSets sets)
{
    private static readonly string[] Projects = ["900001", "900002", "900003", "900004", "900005"];

    public static TheoryData<string> Tables => [.. Case.Of("corners").Where(item => IsSegmentation(item.Arguments)).Select(item => item.Name)];

    /// <summary>Of these come formulas, histograms, segments and compared periods.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(5000, 20)];

    [Theory]
    [MemberData(nameof(Tables))]
    public Task Of_corners(string name)
    {
        var one = Case.Of("corners").Single(item => item.Name == name);
        return CheckAsync(one.Project, one.Arguments);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Of_seed(int seed)
    {
        var (random, project) = (new Random(seed), Projects[seed % Projects.Length]);
        var queries = new RandomQueries((await sets.OpenAsync("corners")).World(project).File, random);
        JsonObject arguments;
        do
        {
            arguments = queries.Next();
        }
        while (!IsSegmentation(arguments) || !HasNames(arguments));

        await CheckAsync(project, arguments);
    }

    private static bool IsSegmentation(JsonObject arguments) => arguments["chart"].Text("kind") == "segmentation" || arguments["definition"].Text("type") == "eventsSegmentation";

    /// <summary>Segments are numbered by their names, so each needs one of its own, which performed conditions do not give.</summary>
    private static bool HasNames(JsonObject arguments) =>
        arguments["chart"].Items("segments").All(segment => segment["performed"] is null) && arguments["chart"].Items("segments").DistinctBy(segment => segment.ToJsonString()).Count() == arguments["chart"].Items("segments").Count();

    private async Task CheckAsync(string project, JsonObject arguments)
    {
        var world = (await sets.OpenAsync("corners")).World(project);
        var set = await sets.OpenAsync("corners as json");

        var reply = await set.QueryAsync(project, arguments);

        Comparison.Differences(Calculator.Of(world, arguments, asJson: true), reply).ShouldBeEmpty($"{project} {arguments.ToJsonString()}");
    }
}
