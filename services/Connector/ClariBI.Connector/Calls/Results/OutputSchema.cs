using System.Text.Json;
using System.Text.RegularExpressions;
using ClariBI.Connector.Tools;

namespace ClariBI.Connector.Calls.Results;

/// <summary>
/// Checks a value against the schema that its tool publishes (JSON Schema 2020-12, the keywords that describe data). Our own,
/// because a vendor's schema is not trusted: a library follows a schema that refers to itself until the stack ends. Here depth
/// and steps are counted, only references inside the schema are followed, and what is not known is not held against the value.
/// </summary>
internal sealed class OutputSchema
{
    private const int Deepest = 64;
    private const int MostSteps = 2_000_000;
    private static readonly TimeSpan PatternPatience = TimeSpan.FromMilliseconds(50);

    private readonly JsonElement root;
    private int steps;

    private OutputSchema(JsonElement root) => this.root = root;

    /// <returns>True also where it cannot be established within bounds.</returns>
    public static bool Admits(JsonElement schema, JsonElement value)
    {
        try
        {
            return new OutputSchema(schema).Check(schema, value, 0);
        }
        catch (UnknownException)
        {
            return true;
        }
    }

    private bool Check(JsonElement schema, JsonElement value, int depth)
    {
        if (depth > Deepest || ++steps > MostSteps)
        {
            throw new UnknownException();
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            return schema.ValueKind != JsonValueKind.False;
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Check(schema, keyword, value, depth + 1))
            {
                return false;
            }
        }

        return true;
    }

    private bool Check(JsonElement schema, JsonProperty keyword, JsonElement value, int depth)
    {
        var (name, rule) = (keyword.Name, keyword.Value);
        return (name, value.ValueKind) switch
        {
            ("$ref", _) => Check(SchemaPointers.Find(root, rule) ?? throw new UnknownException(), value, depth),
            ("type", _) => HasType(rule, value),
            ("const", _) => JsonElement.DeepEquals(rule, value),
            ("enum", _) => Items(rule).Any(allowed => JsonElement.DeepEquals(allowed, value)),
            ("allOf", _) => Items(rule).All(inner => Check(inner, value, depth)),
            ("anyOf", _) => Items(rule).Any(inner => Check(inner, value, depth)),
            ("oneOf", _) => Items(rule).Count(inner => Check(inner, value, depth)) == 1,
            ("not", _) => !Check(rule, value, depth),
            (_, JsonValueKind.Object) => CheckObject(schema, name, rule, value, depth),
            (_, JsonValueKind.Array) => CheckArray(schema, name, rule, value, depth),
            (_, JsonValueKind.Number) => CheckNumber(name, rule, value.GetDouble()),
            (_, JsonValueKind.String) => CheckString(name, rule, value.GetString()!),
            _ => true,
        };
    }

    private bool CheckObject(JsonElement schema, string keyword, JsonElement rule, JsonElement value, int depth) => keyword switch
    {
        "properties" => Members(rule).All(property => !value.TryGetProperty(property.Name, out var member) || Check(property.Value, member, depth)),
        "required" => Items(rule).All(name => name.ValueKind != JsonValueKind.String || value.TryGetProperty(name.GetString()!, out _)),
        "additionalProperties" when !schema.TryGetProperty("patternProperties", out _) => value.EnumerateObject()
            .Where(member => !(schema.TryGetProperty("properties", out var known) && known.TryGetProperty(member.Name, out _)))
            .All(member => Check(rule, member.Value, depth)),
        "minProperties" => value.EnumerateObject().Count() >= Number(rule, 0),
        "maxProperties" => value.EnumerateObject().Count() <= Number(rule, double.MaxValue),
        _ => true,
    };

    private bool CheckArray(JsonElement schema, string keyword, JsonElement rule, JsonElement value, int depth) => keyword switch
    {
        "prefixItems" => Items(rule).Zip(value.EnumerateArray()).All(pair => Check(pair.First, pair.Second, depth)),
        "items" when rule.ValueKind != JsonValueKind.Array => value.EnumerateArray()
            .Skip(schema.TryGetProperty("prefixItems", out var prefix) ? Items(prefix).Count() : 0).All(item => Check(rule, item, depth)),
        "minItems" => value.GetArrayLength() >= Number(rule, 0),
        "maxItems" => value.GetArrayLength() <= Number(rule, double.MaxValue),
        _ => true,
    };

    private static bool CheckNumber(string keyword, JsonElement rule, double value) => keyword switch
    {
        "minimum" => value >= Number(rule, double.MinValue),
        "maximum" => value <= Number(rule, double.MaxValue),
        "exclusiveMinimum" => rule.ValueKind != JsonValueKind.Number || value > rule.GetDouble(),
        "exclusiveMaximum" => rule.ValueKind != JsonValueKind.Number || value < rule.GetDouble(),
        _ => true,
    };

    private static bool CheckString(string keyword, JsonElement rule, string value) => keyword switch
    {
        "minLength" => value.EnumerateRunes().Count() >= Number(rule, 0),
        "maxLength" => value.EnumerateRunes().Count() <= Number(rule, double.MaxValue),
        "pattern" when rule.ValueKind == JsonValueKind.String => Fits(rule.GetString()!, value),
        _ => true,
    };

    private static bool Fits(string pattern, string value)
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

    private static double Number(JsonElement rule, double missing) => rule.ValueKind == JsonValueKind.Number ? rule.GetDouble() : missing;

    private static JsonElement.ArrayEnumerator Items(JsonElement list) => list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    private static JsonElement.ObjectEnumerator Members(JsonElement members) =>
        members.ValueKind == JsonValueKind.Object ? members.EnumerateObject() : default;

    /// <summary>Whether the value follows the schema cannot be said.</summary>
    private sealed class UnknownException : Exception;
}
