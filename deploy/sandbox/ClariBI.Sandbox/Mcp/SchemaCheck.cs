using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClariBI.Sandbox.Mcp;

/// <summary>Checks arguments against the part of draft-07 that the tools' schemas use, and names the first field at fault.</summary>
internal static class SchemaCheck
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(200);

    public static string? FirstFault(JsonElement schema, JsonElement value, string path = "")
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return schema.ValueKind == JsonValueKind.False ? $"{Name(path)}: Input should be left out" : null;
        }

        if (schema.TryGetProperty("anyOf", out var options) || schema.TryGetProperty("oneOf", out options))
        {
            return AnyOf(options, value, path);
        }

        if (schema.TryGetProperty("const", out var expected) && !JsonElement.DeepEquals(value, expected))
        {
            return $"{Name(path)}: Expected {expected}";
        }

        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(item => JsonElement.DeepEquals(item, value)))
        {
            return $"{Name(path)}: Input should be one of {string.Join(", ", allowed.EnumerateArray())}";
        }

        if (!schema.TryGetProperty("type", out var type))
        {
            return Contents(schema, value, path);
        }

        string[] types = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(item => item.GetString()!)] : [type.GetString()!];
        return Array.Exists(types, item => Is(item, value)) ? Contents(schema, value, path) : $"{Name(path)}: Input should be {string.Join(" or ", types.Select(Worded))}";
    }

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        _ => value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble()),
    };

    private static string Worded(string type) => type switch { "null" => "null", "object" or "array" or "integer" => "an " + type, _ => "a " + type };

    /// <summary>What applies to a value of the right type.</summary>
    private static string? Contents(JsonElement schema, JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.Object => Object(schema, value, path),
        JsonValueKind.Array => Items(schema, value, path),
        JsonValueKind.Number => Range(schema, value.GetDouble(), path),
        JsonValueKind.String => Text(schema, value.GetString()!, path),
        _ => null,
    };

    private const string Expected = ": Expected ";

    /// <summary>Where the options are told apart by a constant field, only the chosen one is reported on.</summary>
    private static string? AnyOf(JsonElement options, JsonElement value, string path)
    {
        string? closest = null;
        var kinds = new List<string>();
        foreach (var option in options.EnumerateArray())
        {
            var fault = FirstFault(option, value, path);
            if (fault is null)
            {
                return null;
            }

            kinds.AddRange(fault.Split(Expected) is [_, var kind] ? [kind] : []);
            closest = closest is null || !fault.Contains("Expected ", StringComparison.Ordinal) ? fault : closest;
        }

        return kinds.Count > 1 && kinds.Count == options.GetArrayLength() ? $"{closest!.Split(Expected)[0]}: Input should be one of {string.Join(", ", kinds)}" : closest;
    }

    private static string? Object(JsonElement schema, JsonElement value, string path)
    {
        var known = schema.TryGetProperty("properties", out var properties);
        if (known)
        {
            foreach (var property in properties.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("const", out _)))
            {
                if (!value.TryGetProperty(property.Name, out var kind) || FirstFault(property.Value, kind, Join(path, property.Name)) is not null)
                {
                    return $"{Name(Join(path, property.Name))}: Expected {property.Value.GetProperty("const")}";
                }
            }
        }

        if (schema.TryGetProperty("required", out var required))
        {
            var missing = required.EnumerateArray().Select(field => field.GetString()!).FirstOrDefault(field => !value.TryGetProperty(field, out _));
            if (missing is not null)
            {
                return $"{Join(path, missing)}: Field required";
            }
        }

        var others = schema.TryGetProperty("additionalProperties", out var additional) ? additional : default;
        return value.EnumerateObject().Select(field =>
                known && properties.TryGetProperty(field.Name, out var inner) ? FirstFault(inner, field.Value, Join(path, field.Name))
                : others.ValueKind == JsonValueKind.False ? $"{Join(path, field.Name)}: Unrecognized key"
                : FirstFault(others, field.Value, Join(path, field.Name)))
            .FirstOrDefault(fault => fault is not null);
    }

    private static string? Items(JsonElement schema, JsonElement value, string path)
    {
        var length = value.GetArrayLength();
        if (Limit(schema, "minItems") is { } least && length < least)
        {
            return $"{Name(path)}: Array should have at least {least} items";
        }

        if (Limit(schema, "maxItems") is { } most && length > most)
        {
            return $"{Name(path)}: Array should have at most {most} items";
        }

        return schema.TryGetProperty("items", out var items)
            ? value.EnumerateArray().Select((item, index) => FirstFault(items, item, Join(path, $"{index}"))).FirstOrDefault(fault => fault is not null)
            : null;
    }

    private static string? Range(JsonElement schema, double number, string path) =>
        Limit(schema, "minimum") is { } least && number < least ? $"{Name(path)}: Input should be at least {least}"
        : Limit(schema, "maximum") is { } most && number > most ? $"{Name(path)}: Input should be at most {most}"
        : Limit(schema, "exclusiveMinimum") is { } above && number <= above ? $"{Name(path)}: Input should be greater than {above}"
        : Limit(schema, "exclusiveMaximum") is { } below && number >= below ? $"{Name(path)}: Input should be less than {below}"
        : null;

    private static string? Text(JsonElement schema, string text, string path) =>
        Limit(schema, "minLength") is { } least && text.Length < least ? $"{Name(path)}: Input should have at least {least} characters"
        : Limit(schema, "maxLength") is { } most && text.Length > most ? $"{Name(path)}: Input should have at most {most} characters"
        : schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString()!, RegexOptions.CultureInvariant, PatternTime) ? $"{Name(path)}: Input should match {pattern}"
        : null;

    private static double? Limit(JsonElement schema, string name) => schema.TryGetProperty(name, out var limit) ? limit.GetDouble() : null;

    private static string Name(string path) => path.Length == 0 ? "arguments" : path;

    private static string Join(string path, string field) => path.Length == 0 ? field : $"{path}.{field}";
}
