using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClariBI.Sandbox.Mcp;

/// <summary>Checks arguments against the part of draft-07 that the tools' schemas use, and names the first field at fault.</summary>
internal static class SchemaCheck
{
    public static string? FirstFault(JsonElement schema, JsonElement value, string path = "")
    {
        if (schema.TryGetProperty("anyOf", out var options))
        {
            return AnyOf(options, value, path);
        }

        if (schema.TryGetProperty("const", out var expected) && value.ToString() != expected.ToString())
        {
            return $"{Name(path)}: Expected {expected}";
        }

        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(item => item.ValueKind == value.ValueKind && item.ToString() == value.ToString()))
        {
            return $"{Name(path)}: Input should be one of {string.Join(", ", allowed.EnumerateArray())}";
        }

        var type = schema.TryGetProperty("type", out var declared) ? declared.GetString() : null;
        return type switch
        {
            null => null,
            "object" => value.ValueKind == JsonValueKind.Object ? Object(schema, value, path) : Wrong(path, "an object"),
            "array" => value.ValueKind == JsonValueKind.Array ? Array(schema, value, path) : Wrong(path, "an array"),
            "string" => value.ValueKind == JsonValueKind.String ? Text(schema, value.GetString()!, path) : Wrong(path, "a string"),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : Wrong(path, "a boolean"),
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _) ? Range(schema, value, path) : Wrong(path, "an integer"),
            _ => value.ValueKind == JsonValueKind.Number ? Range(schema, value, path) : Wrong(path, "a number"),
        };
    }

    /// <summary>Where the options are told apart by a constant field, only the chosen one is reported on.</summary>
    private static string? AnyOf(JsonElement options, JsonElement value, string path)
    {
        string? closest = null;
        foreach (var option in options.EnumerateArray())
        {
            var fault = FirstFault(option, value, path);
            if (fault is null)
            {
                return null;
            }

            closest = closest is null || !fault.Contains("Expected ", StringComparison.Ordinal) ? fault : closest;
        }

        return closest;
    }

    private static string? Object(JsonElement schema, JsonElement value, string path)
    {
        var known = schema.TryGetProperty("properties", out var properties);
        if (known)
        {
            foreach (var property in properties.EnumerateObject().Where(property => property.Value.TryGetProperty("const", out _)))
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

        var closed = schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.False;
        foreach (var field in value.EnumerateObject())
        {
            if (known && properties.TryGetProperty(field.Name, out var inner))
            {
                if (FirstFault(inner, field.Value, Join(path, field.Name)) is { } fault)
                {
                    return fault;
                }
            }
            else if (closed)
            {
                return $"{Join(path, field.Name)}: Unrecognized key";
            }
        }

        return null;
    }

    private static string? Array(JsonElement schema, JsonElement value, string path)
    {
        var length = value.GetArrayLength();
        if (schema.TryGetProperty("minItems", out var least) && length < least.GetInt32())
        {
            return $"{Name(path)}: Array should have at least {least} items";
        }

        if (schema.TryGetProperty("maxItems", out var most) && length > most.GetInt32())
        {
            return $"{Name(path)}: Array should have at most {most} items";
        }

        return schema.TryGetProperty("items", out var items)
            ? value.EnumerateArray().Select((item, index) => FirstFault(items, item, Join(path, $"{index}"))).FirstOrDefault(fault => fault is not null)
            : null;
    }

    private static string? Text(JsonElement schema, string value, string path) =>
        schema.TryGetProperty("maxLength", out var most) && value.Length > most.GetInt32() ? $"{Name(path)}: String should have at most {most} characters"
        : schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(value, pattern.GetString()!, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) ? $"{Name(path)}: String should match pattern '{pattern}'"
        : null;

    private static string? Range(JsonElement schema, JsonElement value, string path)
    {
        var number = value.GetDouble();
        return schema.TryGetProperty("minimum", out var least) && number < least.GetDouble() ? $"{Name(path)}: Input should be at least {least}"
            : schema.TryGetProperty("maximum", out var most) && number > most.GetDouble() ? $"{Name(path)}: Input should be at most {most}"
            : null;
    }

    private static string Wrong(string path, string expected) => $"{Name(path)}: Input should be {expected}";

    private static string Name(string path) => path.Length == 0 ? "arguments" : path;

    private static string Join(string path, string field) => path.Length == 0 ? field : $"{path}.{field}";
}
