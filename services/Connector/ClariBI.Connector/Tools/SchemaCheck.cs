using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClariBI.Connector.Tools;

/// <summary>How much of a schema is held against a value.</summary>
internal enum SchemaDepth
{
    /// <summary>Names, types and listed values: what a caller gets wrong. The rest is left to the vendor.</summary>
    Shape,

    /// <summary>Everything that describes data.</summary>
    Whole,
}

/// <summary>The first thing about a value that does not follow a schema.</summary>
/// <param name="Sentence">With the names and indexes that lead there, as in <c>range.units[2]</c>; without a full stop.</param>
internal sealed record SchemaFault(string Sentence)
{
    public static SchemaFault At(string path, string problem) => new($"{(path.Length == 0 ? "the whole of it" : path)} {problem}");
}

/// <summary>
/// Checks a value against a schema that a vendor publishes (JSON Schema 2020-12, the keywords that describe data). Our own,
/// because such a schema is not trusted: a library follows one that refers to itself until the stack ends. Here depth and steps
/// are counted, only references inside the schema are followed, patterns get little time, and what is not known is not held
/// against the value.
/// </summary>
internal sealed class SchemaCheck
{
    private const int Deepest = 64;
    private static readonly TimeSpan PatternPatience = TimeSpan.FromMilliseconds(50);

    private readonly JsonElement root;
    private readonly bool whole;
    private int stepsLeft;

    private SchemaCheck(JsonElement root, SchemaDepth depth) =>
        (this.root, whole, stepsLeft) = (root, depth == SchemaDepth.Whole, depth == SchemaDepth.Whole ? 2_000_000 : 200_000);

    /// <returns>Null where there is none, or where that cannot be established within bounds.</returns>
    public static SchemaFault? Find(JsonElement schema, JsonElement value, SchemaDepth depth)
    {
        try
        {
            return new SchemaCheck(schema, depth).Check(schema, value, "", 0);
        }
        catch (Exception exception) when (exception is UnknownException or InvalidOperationException)
        {
            // The latter comes of text with half a surrogate pair.
            return null;
        }
    }

    private SchemaFault? Check(JsonElement schema, JsonElement value, string path, int depth)
    {
        if (depth > Deepest || --stepsLeft < 0)
        {
            throw new UnknownException();
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            return schema.ValueKind == JsonValueKind.False ? SchemaFault.At(path, "takes no value") : null;
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            if (Check(schema, keyword, value, path, depth + 1) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private SchemaFault? Check(JsonElement schema, JsonProperty keyword, JsonElement value, string path, int depth)
    {
        var rule = keyword.Value;
        switch (keyword.Name)
        {
            case "$ref":
                return Check(SchemaPointers.Find(root, rule) ?? throw new UnknownException(), value, path, depth);
            case "type":
                return HasType(rule, value) ? null : SchemaFault.At(path, $"has the wrong type ({Types(rule)} is expected)");
            case "const":
                return JsonElement.DeepEquals(rule, value) ? null : SchemaFault.At(path, "is none of the values it takes");
            case "enum":
                return Items(rule).Any(allowed => JsonElement.DeepEquals(allowed, value)) ? null : SchemaFault.At(path, "is none of the values it takes");
            case "allOf":
                return Items(rule).Select(inner => Check(inner, value, path, depth)).FirstOrDefault(fault => fault is not null);
            case "anyOf":
                return Items(rule).Any(inner => Check(inner, value, path, depth) is null) ? null : SchemaFault.At(path, "fits none of the forms it takes");
            case "oneOf" when whole:
                return Items(rule).Count(inner => Check(inner, value, path, depth) is null) == 1 ? null : SchemaFault.At(path, "fits none or several of the forms it takes");
            case "not" when whole:
                return Check(rule, value, path, depth) is null ? SchemaFault.At(path, "has a form that is excluded") : null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => CheckObject(schema, keyword.Name, rule, value, path, depth),
            JsonValueKind.Array => CheckArray(schema, keyword.Name, rule, value, path, depth),
            _ => whole && !Fits(keyword.Name, rule, value) ? SchemaFault.At(path, $"breaks the rule {keyword.Name}") : null,
        };
    }

    private SchemaFault? CheckObject(JsonElement schema, string keyword, JsonElement rule, JsonElement value, string path, int depth) => keyword switch
    {
        "properties" => Members(rule)
            .Select(property => value.TryGetProperty(property.Name, out var member) ? Check(property.Value, member, Below(path, property.Name), depth) : null)
            .FirstOrDefault(fault => fault is not null),
        "required" => Items(rule).Where(name => name.ValueKind == JsonValueKind.String && !value.TryGetProperty(name.GetString()!, out _))
            .Select(name => SchemaFault.At(Below(path, name.GetString()!), "is missing")).FirstOrDefault(),
        "additionalProperties" when !schema.TryGetProperty("patternProperties", out _) => value.EnumerateObject()
            .Where(member => !(schema.TryGetProperty("properties", out var known) && known.ValueKind == JsonValueKind.Object && known.TryGetProperty(member.Name, out _)))
            .Select(member => rule.ValueKind == JsonValueKind.False
                ? new SchemaFault($"there is no {Below(path, member.Name)}")
                : Check(rule, member.Value, Below(path, member.Name), depth))
            .FirstOrDefault(fault => fault is not null),
        "minProperties" when whole && value.EnumerateObject().Count() < Number(rule, 0) => SchemaFault.At(path, "has too few members"),
        "maxProperties" when whole && value.EnumerateObject().Count() > Number(rule, double.MaxValue) => SchemaFault.At(path, "has too many members"),
        _ => null,
    };

    private SchemaFault? CheckArray(JsonElement schema, string keyword, JsonElement rule, JsonElement value, string path, int depth) => keyword switch
    {
        "prefixItems" => Items(rule).Zip(value.EnumerateArray())
            .Select((pair, index) => Check(pair.First, pair.Second, $"{path}[{index}]", depth)).FirstOrDefault(fault => fault is not null),
        "items" when rule.ValueKind != JsonValueKind.Array => CheckItems(schema.TryGetProperty("prefixItems", out var prefix) ? Items(prefix).Count() : 0, rule, value, path, depth),
        "minItems" when whole && value.GetArrayLength() < Number(rule, 0) => SchemaFault.At(path, "has too few items"),
        "maxItems" when whole && value.GetArrayLength() > Number(rule, double.MaxValue) => SchemaFault.At(path, "has too many items"),
        _ => null,
    };

    private SchemaFault? CheckItems(int first, JsonElement rule, JsonElement value, string path, int depth) => value.EnumerateArray()
        .Select((item, index) => index < first ? null : Check(rule, item, $"{path}[{index}]", depth)).FirstOrDefault(fault => fault is not null);

    private static bool Fits(string keyword, JsonElement rule, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => keyword switch
        {
            "minimum" => value.GetDouble() >= Number(rule, double.MinValue),
            "maximum" => value.GetDouble() <= Number(rule, double.MaxValue),
            "exclusiveMinimum" => rule.ValueKind != JsonValueKind.Number || value.GetDouble() > rule.GetDouble(),
            "exclusiveMaximum" => rule.ValueKind != JsonValueKind.Number || value.GetDouble() < rule.GetDouble(),
            _ => true,
        },
        JsonValueKind.String => keyword switch
        {
            "minLength" => value.GetString()!.EnumerateRunes().Count() >= Number(rule, 0),
            "maxLength" => value.GetString()!.EnumerateRunes().Count() <= Number(rule, double.MaxValue),
            "pattern" when rule.ValueKind == JsonValueKind.String => Matches(rule.GetString()!, value.GetString()!),
            _ => true,
        },
        _ => true,
    };

    private static bool Matches(string pattern, string value)
    {
        try
        {
            return Regex.IsMatch(value, pattern, RegexOptions.ECMAScript, PatternPatience);
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            throw new UnknownException();
        }
    }

    private static bool HasType(JsonElement rule, JsonElement value) =>
        rule.ValueKind == JsonValueKind.String
            ? Is(rule.GetString()!, value)
            : Items(rule).Any(type => type.ValueKind == JsonValueKind.String && Is(type.GetString()!, value));

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new UnknownException(),
    };

    /// <summary>Only words that <see cref="Is"/> knows get here.</summary>
    private static string Types(JsonElement rule) => rule.ValueKind == JsonValueKind.String
        ? rule.GetString()!
        : Wording.Or([.. Items(rule).Where(type => type.ValueKind == JsonValueKind.String).Select(type => type.GetString()!)]);

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static double Number(JsonElement rule, double missing) => rule.ValueKind == JsonValueKind.Number ? rule.GetDouble() : missing;

    private static JsonElement.ArrayEnumerator Items(JsonElement list) => list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    private static JsonElement.ObjectEnumerator Members(JsonElement members) => members.ValueKind == JsonValueKind.Object ? members.EnumerateObject() : default;

    /// <summary>Whether the value follows the schema cannot be said.</summary>
    private sealed class UnknownException : Exception;
}
