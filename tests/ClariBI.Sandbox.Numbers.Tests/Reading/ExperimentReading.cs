using System.Text.Json.Nodes;
using ClariBI.Sandbox.Numbers.Tests.Reference;

namespace ClariBI.Sandbox.Numbers.Tests.Reading;

/// <summary>From an experiment of a project to what its analysis has to say of some of the project's metrics.</summary>
internal static class ExperimentReading
{
    public static JsonObject Expected(World world, JsonNode project, JsonNode experiment, string[] metricIds)
    {
        var range = DateRange.Absolute(experiment.Text("start")!, experiment.Text("end"), world.Calendar(null), world.Now);
        Variant[] variants = [.. experiment.Items("variants").Select(item => new Variant(item.Text("key")!, item["weight"]?.GetValue<double>() ?? 1))];
        var analysis = new Experiments(world.File, experiment.Text("key")!, range, variants);
        return new()
        {
            ["srmDetected"] = analysis.HasMismatch(),
            ["variants"] = Json.Array(variants.Select(variant => new JsonObject { ["key"] = variant.Key, ["users"] = analysis.Users(variant) })),
            ["metrics"] = Json.Array(metricIds.Select(id => Metric(world, analysis, project.Items("metrics").Single(item => item.Text("id") == id)))),
        };
    }

    private static JsonObject Metric(World world, Experiments analysis, JsonNode metric)
    {
        var chart = TypedReading.Read(world, metric["chart"]!.AsObject());
        return new()
        {
            ["metricId"] = metric.Text("id"),
            ["results"] = Json.Array(analysis.Results(chart.Metric, chart.Events[0]).Select((result, index) => Result(result, isControl: index == 0))),
        };
    }

    private static JsonObject Result(VariantResult result, bool isControl)
    {
        var node = new JsonObject { ["variant"] = result.Variant, ["users"] = result.Users, ["value"] = result.Value };
        if (!isControl)
        {
            node["absoluteLift"] = result.Difference;
            // Nothing is said of a lift over zero, or of chance and interval where nothing varies.
            if (result.ControlValue != 0)
            {
                node["relativeLift"] = result.RelativeLift;
            }

            if (result.StandardError > 0)
            {
                node["pValue"] = result.PValue;
                node["confidenceInterval"] = new JsonObject { ["level"] = 0.95, ["low"] = result.Low, ["high"] = result.High };
            }
        }

        return node;
    }
}
