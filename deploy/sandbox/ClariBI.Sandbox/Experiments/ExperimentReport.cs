using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Tools;

namespace ClariBI.Sandbox.Experiments;

/// <summary>The analysis of an experiment, in the fields the hosted server uses.</summary>
internal sealed class ExperimentReport(ExperimentRunner runner, Project project, Experiment experiment, ExposureScope scope)
{
    private const double Alpha = 0.05;
    private const double SuspiciousLift = 1;

    public JsonObject Build(SavedMetric[] metrics)
    {
        var exposed = runner.Users(project, experiment, scope);
        int[] users = [.. experiment.Variants.Select(variant => exposed.Where(pair => pair.Key.Variant == variant.Key).Sum(pair => pair.Value))];
        var mismatch = ExperimentStatistics.IsMismatched(users, [.. experiment.Variants.Select(variant => variant.Weight)]);
        JsonObject[] analysed = [.. metrics.Select(Metric)];
        return new()
        {
            ["success"] = true,
            ["experiment"] = new JsonObject { ["id"] = experiment.Id, ["key"] = experiment.Key, ["name"] = experiment.Name, ["state"] = experiment.State, ["startDate"] = experiment.Start, ["endDate"] = experiment.End },
            ["srmDetected"] = mismatch,
            ["ssrmTimeseries"] = new JsonObject { ["srmDetected"] = mismatch },
            ["recommendation"] = mismatch ? null : Primary(analysed)?["recommendation"]?.DeepClone(),
            ["statsAssumptionsMetForWholeExperiment"] = !mismatch && analysed.All(metric => metric["results"]!.AsArray().All(Holds)),
            ["variants"] = experiment.Variants.Select((variant, index) => new JsonObject
            {
                ["key"] = variant.Key,
                ["name"] = variant.Name,
                ["isControl"] = index == 0,
                ["users"] = users[index],
                ["weight"] = variant.Weight,
            }).List(),
            ["metrics"] = analysed.List(),
        };
    }

    private static bool Holds(JsonNode? result) => result!["isControl"]!.GetValue<bool>()
        || (Is(result, "isVariancePositive") && Is(result, "isConfidenceIntervalNotFlipped") && Is(result, "isStandardErrorLargeEnough") && Is(result, "isPointEstimateInsideConfidenceInterval") && Is(result, "isMeanValid"));

    private static bool Is(JsonNode result, string name) => result[name]!.GetValue<bool>();

    /// <summary>The primary metric's analysis, made for the recommendation where it was not asked for.</summary>
    private JsonObject? Primary(JsonObject[] analysed)
    {
        if (experiment.Metrics is not [var primary, ..])
        {
            return null;
        }

        return Array.Find(analysed, metric => metric["isPrimary"]!.GetValue<bool>())
            ?? (Array.Find(project.Metrics, metric => metric.Id == primary.MetricId) is { } saved && runner.CanAnalyse(project, saved) ? Metric(saved) : null);
    }

    private JsonObject Metric(SavedMetric metric)
    {
        var goal = Array.Find(experiment.Metrics, item => item.MetricId == metric.Id)?.Goal;
        var (isRate, outcomes) = runner.Outcomes(project, experiment, metric, scope);
        var values = outcomes.ToLookup(outcome => (outcome.Variant, outcome.Group), outcome => outcome.Value);
        var groups = outcomes.Select(outcome => outcome.Group).Distinct().Order(StringComparer.Ordinal).DefaultIfEmpty("").ToArray();
        JsonObject[] results = [.. groups.SelectMany(group =>
        {
            var control = Sample.Of([.. values[(experiment.Variants[0].Key, group)]], isRate);
            return experiment.Variants.Select((variant, index) => Result(variant, group, index == 0, control, Sample.Of([.. values[(variant.Key, group)]], isRate)));
        })];
        return new()
        {
            ["metricId"] = metric.Id,
            ["goal"] = goal,
            ["isPrimary"] = experiment.Metrics is [var first, ..] && first.MetricId == metric.Id,
            ["metricType"] = isRate ? "conversion_rate" : "mean_per_user",
            ["recommendation"] = goal == "success" && groups.Length == 1 ? Recommendation(results) : null,
            ["results"] = results.List(),
        };
    }

    private JsonObject Result(Variant variant, string group, bool isControl, Sample control, Sample sample)
    {
        var result = new JsonObject { ["variant"] = variant.Key, ["isControl"] = isControl };
        if (scope.GroupBy is not null)
        {
            result["groupValue"] = group;
        }

        result["users"] = sample.Users;
        result["value"] = sample.Mean;
        result["variance"] = sample.Variance;
        if (!isControl)
        {
            AddComparison(result, control, sample, ExperimentStatistics.Compare(control, sample));
        }

        return result;
    }

    private static void AddComparison(JsonObject result, Sample control, Sample sample, Comparison comparison)
    {
        result["absoluteLift"] = comparison.AbsoluteLift;
        result["relativeLift"] = comparison.RelativeLift;
        result["standardError"] = comparison.StandardError;
        result["pValue"] = comparison.PValue;
        result["confidenceInterval"] = comparison.Low is null ? null : new JsonObject { ["level"] = 0.95, ["low"] = comparison.Low, ["high"] = comparison.High };
        result["isStatisticallySignificant"] = comparison.PValue < Alpha;
        result["hasSuspiciousUplift"] = Math.Abs(comparison.RelativeLift ?? 0) > SuspiciousLift;
        result["isVariancePositive"] = control.Variance > 0 && sample.Variance > 0;
        result["isConfidenceIntervalNotFlipped"] = comparison.Low <= comparison.High;
        result["isStandardErrorLargeEnough"] = comparison.StandardError > 0;
        result["isPointEstimateInsideConfidenceInterval"] = comparison.Low <= comparison.AbsoluteLift && comparison.AbsoluteLift <= comparison.High;
        result["isMeanValid"] = control.Users > 0 && sample.Users > 0;
    }

    /// <summary>For metrics that are to grow: rollout when some variant is significantly better than the control, rollback when none is and some is worse.</summary>
    private static string? Recommendation(JsonObject[] results)
    {
        var lifts = results.Where(result => result["isStatisticallySignificant"]?.GetValue<bool>() == true).Select(result => result["absoluteLift"]!.GetValue<double>()).ToArray();
        return lifts.Any(lift => lift > 0) ? "rollout" : lifts.Any(lift => lift < 0) ? "rollback" : null;
    }
}
