using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Query.Reading;

/// <summary>How a raw definition is to be written: params, enums, an example, and how values are read that are almost right.</summary>
internal static class RawSchema
{
    private const string Common = """
        {"range":"preset such as Last 30 Days, Last 12 Weeks, This Month, Yesterday; never with start or end",
         "start":"Unix seconds, ISO 8601 or now-7d; alone it means since","end":"as start; never alone","timezone":"IANA name; the project's unless given",
         "interval":[-300000,-3600000,1,7,30,90],"countGroup":["User"],
         "groupBy":"at most 2 of {type, value, group_type}; user properties that are not built in start with gp:",
         "segments":"[{name, conditions: [{type: property, prop_type, prop, op, values} | {type: cohort, cohort_id, op: is_in or is_not_in} | {type: event, event_type, filters, op, value, time_type, time_value}]}]"}
        """;

    private static readonly string[] Coercions =
    [
        "values and subprop_value may hold numbers and booleans; they are read as text",
        "(none) and null stand for an unset property",
        "type, prop_type and subprop_type left out: user in segments, event elsewhere",
        "an integer written as text is refused",
    ];

    public static JsonObject Of(IChartKind kind)
    {
        var parameters = JsonNode.Parse(Common)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(kind.RawParameters)!.AsObject())
        {
            parameters[name] = value?.DeepClone();
        }

        var enums = new JsonObject(parameters.Where(pair => pair.Value is JsonArray).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())))
        {
            ["op"] = new JsonArray([.. Filters.Raw.Concat(Filters.WebOnly).Select(op => JsonValue.Create(op))]),
            ["time_type"] = new JsonArray("forEachInterval", "currentInterval", "rolling", "allTime"),
        };
        return new()
        {
            ["type"] = kind.Raw,
            ["params"] = parameters,
            ["enums"] = enums,
            ["example"] = JsonNode.Parse(kind.RawExample),
            ["coercionRules"] = new JsonArray([.. Coercions.Select(rule => JsonValue.Create(rule))]),
        };
    }
}
