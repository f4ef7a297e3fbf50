using System.Text.Json.Nodes;
using ClariBI.Sandbox.Numbers.Tests.Server;

namespace ClariBI.Sandbox.Numbers.Tests.HoldOut;

/// <summary>An experiment whose every figure was worked out on paper, the chances with another tool.</summary>
public sealed class TrialTests(DataSets sets)
{
    /// <summary>Experiment, metric, users and value of either variant, difference, the same as a share, chance, and the ends of the interval.</summary>
    public static TheoryData<string, string, double[]> Figures { get; } = new()
    {
        { "91001", "t1", [6, 0.5, 5, 0.8, 0.3, 0.6, 0.2690234717, -0.2319656629, 0.8319656629] },
        { "91001", "t2", [6, 1, 5, 1.6, 0.6, 0.6, 0.481522643, -1.070766314, 2.270766314] },
        { "91001", "t3", [6, 10, 5, 22.4, 12.4, 1.24, 0.1872856227, -6.030610371, 30.83061037] },
        { "91002", "r1", [6, 0.5, 6, 0.8333333333, 0.3333333333, 0.6666666667, 0.1904302638, -0.1656490733, 0.8323157399] },
    };

    [Theory]
    [MemberData(nameof(Figures))]
    public async Task Figure(string experiment, string metric, double[] figures)
    {
        var reply = await AnalyseAsync(experiment, metric);

        var results = reply["metrics"]![0]!["results"]!;
        double[] came = [.. new[] { results[0]!["users"], results[0]!["value"], results[1]!["users"], results[1]!["value"], results[1]!["absoluteLift"], results[1]!["relativeLift"], results[1]!["pValue"], results[1]!["confidenceInterval"]!["low"], results[1]!["confidenceInterval"]!["high"] }.Select(node => node!.GetValue<double>())];
        came.ShouldBe(figures, tolerance: 1e-6);
        reply["variants"]!.AsArray().Select(variant => variant!["users"]!.GetValue<double>()).ShouldBe([figures[0], figures[2]]);
    }

    /// <summary>Six and five by 83:17 is a chi-square of 6.31, six and six by 8:2 of 6.75; the line lies at 6.63.</summary>
    [Theory]
    [InlineData("91001", "t1", false)]
    [InlineData("91002", "r1", true)]
    public async Task Mismatch(string experiment, string metric, bool isDetected) =>
        (await AnalyseAsync(experiment, metric))["srmDetected"]!.GetValue<bool>().ShouldBe(isDetected);

    private async Task<JsonNode> AnalyseAsync(string experiment, string metric)
    {
        var set = await sets.OpenAsync("trial");
        return JsonNode.Parse(await set.CallAsync(experiment == "91001" ? "920001" : "920002", "use_amp_experiments", new() { ["action"] = "analyze", ["id"] = experiment, ["metricIds"] = new JsonArray(metric) }))!;
    }
}
