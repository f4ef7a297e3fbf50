using System.Text.Json.Nodes;

namespace ClariBI.Connector.Tools;

/// <summary>
/// Finds schemas that would keep a validator at one value for ever, or nearly so: references and unions that lead back to where they
/// began without going into a property or an item.
/// </summary>
internal static class SchemaLoops
{
    private const int MostSteps = 500;
    private static readonly string[] Unions = ["anyOf", "oneOf", "allOf"];

    public static bool Any(JsonObject root) => Below(root).Any(schema =>
    {
        var left = MostSteps;
        return !Ends(root, schema, ref left);
    });

    private static bool Ends(JsonObject root, JsonObject schema, ref int left)
    {
        if (--left < 0)
        {
            return false;
        }

        foreach (var next in Unions.Select(union => schema[union]).OfType<JsonArray>().SelectMany(list => list).Append(schema["not"]).Append(Referred(root, schema)).OfType<JsonObject>())
        {
            if (!Ends(root, next, ref left))
            {
                return false;
            }
        }

        return true;
    }

    private static JsonNode? Referred(JsonObject root, JsonObject schema)
    {
        if (schema["$ref"] is not JsonValue reference || !reference.TryGetValue<string>(out var path) || !path.StartsWith('#'))
        {
            return null;
        }

        JsonNode? target = root;
        foreach (var step in path.Split('/').Skip(1).Select(step => Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            target = target switch
            {
                JsonObject map => map[step],
                JsonArray list when int.TryParse(step, out var index) && index >= 0 && index < list.Count => list[index],
                _ => null,
            };
        }

        return target;
    }

    private static IEnumerable<JsonObject> Below(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => Below(pair.Value)).Prepend(map),
        JsonArray list => list.SelectMany(Below),
        _ => [],
    };
}
