using System.Text.Json.Nodes;
using ClariBI.Sandbox.Numbers.Tests.Reading;
using ClariBI.Sandbox.Numbers.Tests.Server;

namespace ClariBI.Sandbox.Numbers.Tests.Cases;

/// <summary>Every experiment of the samples, by each of its metrics, is analysed as the reference does.</summary>
public sealed class ExperimentTests(DataSets sets)
{
    public static TheoryData<string, string, string> Experiments { get; } = new()
    {
        { "media", "100001", "51101" },
        { "media", "100001", "51102" },
        { "media", "200001", "51201" },
        { "media", "200001", "51202" },
        { "media", "200002", "51301" },
        { "media", "200002", "51302" },
        { "saas", "310001", "61101" },
        { "saas", "310001", "61102" },
        { "marketplace", "410001", "71101" },
        { "marketplace", "410001", "71102" },
    };

    [Theory]
    [MemberData(nameof(Experiments))]
    public async Task Of_all_metrics(string sample, string project, string id)
    {
        var set = await sets.OpenAsync(sample);
        var known = set.ProjectOf(project);
        var experiment = known.Items("experiments").Single(item => item.Text("id") == id);
        // All that are numbers of users or of what they do, not only the experiment's own.
        string[] metrics = [.. known.Items("metrics").Where(item => IsOfUsers(item["chart"]!)).Select(item => item.Text("id")!).Take(10)];
        metrics.Length.ShouldBeGreaterThan(2);

        var reply = await set.CallAsync(project, "use_amp_experiments", new() { ["action"] = "analyze", ["id"] = id, ["metricIds"] = new JsonArray([.. metrics.Select(metric => (JsonNode)metric)]) });

        Comparison.Differences(ExperimentReading.Expected(set.World(project), known, experiment, metrics), JsonNode.Parse(reply)!).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_experiment_is_left_out()
    {
        foreach (var sample in new[] { "media", "saas", "marketplace" })
        {
            var set = await sets.OpenAsync(sample);
            set.Projects().SelectMany(project => project.Items("experiments")).Select(item => item.Text("id")!)
                .ShouldBe(Experiments.Where(row => row.Data.Item1 == sample).Select(row => row.Data.Item3), ignoreOrder: true);
        }
    }

    private static bool IsOfUsers(JsonNode chart) => chart.Text("kind") == "segmentation" && chart.Items("events").Count() == 1 && chart["measured_as"].Text("as") is "unique_users" or "event_totals" or "avg_per_user" or "property_sum";
}
