using System.Text.Json.Nodes;
using ClariBI.Sandbox.Numbers.Tests.Reference;

namespace ClariBI.Sandbox.Numbers.Tests.Reading;

/// <summary>Writes a typed chart in its raw form, where that can say the same.</summary>
internal static class RawSpelling
{
    private static readonly string[] Unknown = ["\"performed\"", "\"members\"", "\"histogram_bin\"", "\"groups\"", "\"usage_interval\""];
    private static readonly Dictionary<string, string> Metrics = RawReading.Metrics.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The arguments with a definition in the place of the chart; null where there is none.</summary>
    public static JsonObject? OfArguments(World world, string project, JsonObject arguments)
    {
        if (!Knows(arguments))
        {
            return null;
        }

        var asked = arguments.DeepClone().AsObject();
        asked.Remove("chart");
        asked["definition"] = Of(world, project, arguments["chart"]!.AsObject());
        return asked;
    }

    /// <summary>Of performed conditions, composite events, bins and groups of sessions the raw spelling differs too much, or is not known.</summary>
    public static bool Knows(JsonObject arguments) =>
        arguments["chart"].Text("kind") is "segmentation" or "funnel" or "retention" or "sessions"
        && !Unknown.Any(word => arguments.ToJsonString().Contains(word, StringComparison.Ordinal));

    private static JsonObject Of(World world, string project, JsonObject chart)
    {
        var kind = chart.Text("kind");
        var parameters = Shared(world, chart);
        foreach (var (name, value) in kind switch { "segmentation" => Segmentation(world, chart), "funnel" => Funnel(world, chart), "retention" => Retention(world, chart), _ => Sessions(chart) })
        {
            parameters[name] = value?.DeepClone();
        }

        foreach (var name in parameters.Where(pair => pair.Value is null).Select(pair => pair.Key).ToArray())
        {
            parameters.Remove(name);
        }

        return new() { ["app"] = project, ["type"] = kind switch { "segmentation" => "eventsSegmentation", "funnel" => "funnels", _ => kind }, ["params"] = parameters };
    }

    private static JsonObject Shared(World world, JsonObject chart) => new()
    {
        ["range"] = chart["date_range"]!["relative"]?.DeepClone(),
        ["start"] = chart["date_range"]!["start"]?.DeepClone(),
        ["end"] = chart["date_range"]!["end"]?.DeepClone(),
        ["timezone"] = chart["date_range"]!["timezone"]?.DeepClone(),
        ["interval"] = (chart.Text("interval") ?? "day") switch { "five_minute" => -300000, "hour" => -3600000, "day" => 1, "week" => 7, "month" => 30, _ => 90 },
        ["groupBy"] = Groups(world, chart),
        ["segments"] = chart["segments"] is null ? null : Json.Array(chart.Items("segments").Select(segment => new JsonObject { ["conditions"] = Json.Array(segment.Items("where").Select(item => Condition(world, item))) })),
    };

    private static JsonObject Segmentation(World world, JsonObject chart) => new()
    {
        ["metric"] = Metrics[chart["measured_as"].Text("as") ?? "unique_users"],
        ["formula"] = chart["measured_as"].Text("formula"),
        ["events"] = Json.Array(chart.Items("events").Select(item => Event(world, item))),
        ["rollingWindow"] = chart["rolling_window"]?.DeepClone(),
        ["cumulative"] = chart["cumulative"]?.DeepClone(),
        ["periodOverPeriod"] = chart["period_over_period"]?.DeepClone(),
    };

    private static JsonObject Funnel(World world, JsonObject chart) => new()
    {
        ["events"] = Json.Array(chart.Items("steps").Select(item => Event(world, item))),
        ["order"] = chart.Text("mode") switch { "unordered" => "any_order", "sequential" => "exact_order", _ => "this_order" },
        ["metric"] = chart["measured_as"].Text("as"),
        ["conversionWindow"] = chart["conversion_window"]?.DeepClone(),
        ["transTimePercentiles"] = chart["trans_time_percentiles"]?.DeepClone(),
        ["constantProperties"] = Json.Array(chart.Items("constant_properties").Concat(chart["hold_property"] is { } held ? held is JsonArray several ? several.Select(item => item!) : [held] : []).Select(item => Property(world, item))),
        ["excludedEvents"] = chart["excluded_events"] is null ? null : Json.Array(chart.Items("excluded_events").Select(item => Excluded(world, item))),
    };

    private static JsonObject Retention(World world, JsonObject chart) => new()
    {
        ["startEvent"] = chart["start_event"] is { } start ? Event(world, start) : null,
        ["retentionEvents"] = chart["return_events"] is null ? null : Json.Array(chart.Items("return_events").Select(item => Event(world, item))),
        ["retentionMethod"] = chart.Text("retention_method"),
        ["retentionBrackets"] = chart["retention_brackets"]?.DeepClone(),
    };

    private static JsonObject Sessions(JsonObject chart) => new() { ["sessions"] = new JsonArray(new JsonObject()), ["sessionType"] = chart.Text("measured_as") };

    private static JsonObject Excluded(World world, JsonNode item)
    {
        var raw = Event(world, item["event"] is JsonObject inner ? inner : item);
        raw["step_index"] = item.Whole("step_index") ?? -1;
        return raw;
    }

    private static JsonObject Event(World world, JsonNode node) => new()
    {
        ["event_type"] = node.Text("event"),
        ["filters"] = Json.Array(node.Items("where").Select(item => Filter(world, item))),
        ["group_by"] = Groups(world, node),
    };

    private static JsonObject Filter(World world, JsonNode node)
    {
        var (type, name) = Named(world, node);
        return new() { ["group_type"] = "User", ["subprop_type"] = type, ["subprop_key"] = name, ["subprop_op"] = node.Text("op"), ["subprop_value"] = Json.Array(node.Texts("values")) };
    }

    private static JsonObject Condition(World world, JsonNode node)
    {
        var (type, name) = Named(world, node);
        return new() { ["type"] = "property", ["group_type"] = "User", ["prop_type"] = type, ["prop"] = name, ["op"] = node.Text("op"), ["values"] = Json.Array(node.Texts("values")) };
    }

    private static JsonArray Groups(World world, JsonNode node) => Json.Array(node.Items("group_by").Select(item => Property(world, item)));

    private static JsonObject Property(World world, JsonNode node)
    {
        var (type, name) = Named(world, node);
        return new() { ["type"] = type, ["value"] = name };
    }

    private static (string Type, string Name) Named(World world, JsonNode node)
    {
        var property = node is JsonValue ? world.Find(node.ToString(), null) : world.Find(node.Text("property")!, node.Text("scope"));
        return (property.Scope, property.Scope == "user" && !ExportedEvent.BuiltIn.ContainsKey(property.Name) ? "gp:" + property.Name : property.Name);
    }
}
