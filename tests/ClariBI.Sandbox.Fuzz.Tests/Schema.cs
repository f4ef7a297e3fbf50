using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClariBI.Sandbox.Fuzz.Tests;

/// <summary>The tests' own reading of draft-07, as far as tools use it.</summary>
internal static class Schema
{
    public static bool Fits(JsonElement schema, JsonElement value)
    {
        foreach (var word in new[] { "anyOf", "oneOf" })
        {
            if (schema.TryGetProperty(word, out var options) && !options.EnumerateArray().Any(option => Fits(option, value)))
            {
                return false;
            }
        }

        if (schema.TryGetProperty("allOf", out var all) && !all.EnumerateArray().All(part => Fits(part, value)))
        {
            return false;
        }

        return (!schema.TryGetProperty("const", out var only) || JsonElement.DeepEquals(only, value))
            && (!schema.TryGetProperty("enum", out var allowed) || allowed.EnumerateArray().Any(item => JsonElement.DeepEquals(item, value)))
            && (!schema.TryGetProperty("type", out var type) || Types(type).Any(name => IsA(name, value)))
            && value.ValueKind switch
            {
                JsonValueKind.Object => Object(schema, value),
                JsonValueKind.Array => Within(schema, "minItems", "maxItems", value.GetArrayLength()) && (!schema.TryGetProperty("items", out var items) || value.EnumerateArray().All(item => Fits(items, item))),
                JsonValueKind.String => Within(schema, "minLength", "maxLength", value.GetString()!.Length) && (!schema.TryGetProperty("pattern", out var pattern) || Regex.IsMatch(value.GetString()!, pattern.GetString()!)),
                JsonValueKind.Number => Within(schema, "minimum", "maximum", value.GetDouble()) && (!schema.TryGetProperty("exclusiveMinimum", out var above) || value.GetDouble() > above.GetDouble()),
                _ => true,
            };
    }

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(item => item.GetString()!) : [type.GetString()!];

    private static bool IsA(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        _ => value.ValueKind == JsonValueKind.Number,
    };

    private static bool Object(JsonElement schema, JsonElement value)
    {
        var properties = schema.TryGetProperty("properties", out var known) ? known : default;
        var closed = schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False;
        return (!schema.TryGetProperty("required", out var required) || required.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)))
            && value.EnumerateObject().All(field => properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(field.Name, out var inner) ? Fits(inner, field.Value)
                : more.ValueKind == JsonValueKind.Object ? Fits(more, field.Value)
                : !closed);
    }

    private static bool Within(JsonElement schema, string least, string most, double value) =>
        (!schema.TryGetProperty(least, out var low) || value >= low.GetDouble()) && (!schema.TryGetProperty(most, out var high) || value <= high.GetDouble());
}
