using System.Diagnostics;
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
/// <param name="Path">The names and indexes that lead there, as in <c>range.units[2]</c>; empty for the whole value.</param>
/// <param name="Problem">What is wrong there; null where the schema has nothing of this name.</param>
internal sealed record SchemaFault(string Path, string? Problem)
{
    /// <summary>Without a full stop.</summary>
    public string Sentence => Problem is null ? $"there is no {Path}" : $"{(Path.Length == 0 ? "the whole of it" : Path)} {Problem}";

    public static SchemaFault Here(string problem) => new("", problem);

    /// <summary>As seen from the value that holds it: paths are put together on the way back, for faults alone.</summary>
    public SchemaFault Under(string name) => this with { Path = Path is "" or ['[', ..] ? $"{name}{Path}" : $"{name}.{Path}" };
}

/// <summary>
/// Checks a value against a schema that a vendor publishes (JSON Schema 2020-12, the keywords that describe data). Our own,
/// because such a schema is not trusted: a library follows one that refers to itself until the stack ends. Here depth, steps
/// and time are counted, only references inside the schema are followed, patterns get little time, and what is not known is
/// not held against the value.
/// </summary>
internal sealed class SchemaCheck
{
    private const int Deepest = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PatternPatience = TimeSpan.FromMilliseconds(50);

    private readonly long started = Stopwatch.GetTimestamp();
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
            return new SchemaCheck(schema, depth).Check(schema, value, 0);
        }
        catch (Exception exception) when (exception is UnknownException or InvalidOperationException)
        {
            // The latter comes of text with half a surrogate pair.
            return null;
        }
    }

    private SchemaFault? Check(JsonElement schema, JsonElement value, int depth)
    {
        if (depth > Deepest)
        {
            throw new UnknownException();
        }

        Step();
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return schema.ValueKind == JsonValueKind.False ? SchemaFault.Here("takes no value") : null;
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            if (Check(schema, keyword, value, depth + 1) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private void Step()
    {
        if (--stepsLeft < 0 || Stopwatch.GetElapsedTime(started) > Patience)
        {
            throw new UnknownException();
        }
    }

    private SchemaFault? Check(JsonElement schema, JsonProperty keyword, JsonElement value, int depth)
    {
        var rule = keyword.Value;
        switch (keyword.Name)
        {
            case "$ref":
                return Check(SchemaPointers.Find(root, rule) ?? throw new UnknownException(), value, depth);
            case "type":
                return HasType(rule, value) ? null : SchemaFault.Here($"has the wrong type ({Types(rule)} is expected)");
            case "const":
                return JsonElement.DeepEquals(rule, value) ? null : SchemaFault.Here("is none of the values it takes");
            case "enum":
                return Listed(rule).Any(allowed => JsonElement.DeepEquals(allowed, value)) ? null : SchemaFault.Here("is none of the values it takes");
            case "allOf":
                return Items(rule).Select(inner => Check(inner, value, depth)).FirstOrDefault(fault => fault is not null);
            case "anyOf":
                return Listed(rule).Any(inner => Check(inner, value, depth) is null) ? null : SchemaFault.Here("fits none of the forms it takes");
            case "oneOf" when whole:
                return Listed(rule).Count(inner => Check(inner, value, depth) is null) == 1 ? null : SchemaFault.Here("fits none or several of the forms it takes");
            case "not" when whole:
                return Check(rule, value, depth) is null ? SchemaFault.Here("has a form that is excluded") : null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => CheckObject(schema, keyword.Name, rule, value, depth),
            JsonValueKind.Array => CheckArray(schema, keyword.Name, rule, value, depth),
            _ => whole && !Fits(keyword.Name, rule, value) ? SchemaFault.Here($"breaks the rule {keyword.Name}") : null,
        };
    }

    private SchemaFault? CheckObject(JsonElement schema, string keyword, JsonElement rule, JsonElement value, int depth) => keyword switch
    {
        "properties" => Members(rule)
            .Select(property => value.TryGetProperty(property.Name, out var member) ? Check(property.Value, member, depth)?.Under(property.Name) : null)
            .FirstOrDefault(fault => fault is not null),
        "required" => Items(rule).Where(name => name.ValueKind == JsonValueKind.String && !value.TryGetProperty(name.GetString()!, out _))
            .Select(name => new SchemaFault(name.GetString()!, "is missing")).FirstOrDefault(),
        "additionalProperties" when !schema.TryGetProperty("patternProperties", out _) => Members(value)
            .Where(member => !(schema.TryGetProperty("properties", out var known) && known.ValueKind == JsonValueKind.Object && known.TryGetProperty(member.Name, out _)))
            .Select(member => rule.ValueKind == JsonValueKind.False
                ? new SchemaFault(member.Name, null)
                : Check(rule, member.Value, depth)?.Under(member.Name))
            .FirstOrDefault(fault => fault is not null),
        "minProperties" when whole && value.GetPropertyCount() < Number(rule, 0) => SchemaFault.Here("has too few members"),
        "maxProperties" when whole && value.GetPropertyCount() > Number(rule, double.MaxValue) => SchemaFault.Here("has too many members"),
        _ => null,
    };

    private SchemaFault? CheckArray(JsonElement schema, string keyword, JsonElement rule, JsonElement value, int depth) => keyword switch
    {
        "prefixItems" => Items(rule).Zip(Items(value))
            .Select((pair, index) => Check(pair.First, pair.Second, depth)?.Under($"[{index}]")).FirstOrDefault(fault => fault is not null),
        "items" when rule.ValueKind != JsonValueKind.Array => CheckItems(
            schema.TryGetProperty("prefixItems", out var prefix) && prefix.ValueKind == JsonValueKind.Array ? prefix.GetArrayLength() : 0, rule, value, depth),
        "minItems" when whole && value.GetArrayLength() < Number(rule, 0) => SchemaFault.Here("has too few items"),
        "maxItems" when whole && value.GetArrayLength() > Number(rule, double.MaxValue) => SchemaFault.Here("has too many items"),
        _ => null,
    };

    private SchemaFault? CheckItems(int first, JsonElement rule, JsonElement value, int depth) => value.EnumerateArray()
        .Select((item, index) => index < first ? null : Check(rule, item, depth)?.Under($"[{index}]")).FirstOrDefault(fault => fault is not null);

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

    private bool HasType(JsonElement rule, JsonElement value) =>
        rule.ValueKind == JsonValueKind.String
            ? Is(rule.GetString()!, value)
            : Listed(rule).Any(type => type.ValueKind == JsonValueKind.String ? Is(type.GetString()!, value) : throw new UnknownException());

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
    private string Types(JsonElement rule) => rule.ValueKind == JsonValueKind.String
        ? rule.GetString()!
        : Wording.Or([.. Items(rule).Select(type => type.GetString()!)]);

    private static double Number(JsonElement rule, double missing) => rule.ValueKind == JsonValueKind.Number ? rule.GetDouble() : missing;

    /// <summary>What a schema has to list: without it the rule says nothing.</summary>
    private IEnumerable<JsonElement> Listed(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0 ? Items(list) : throw new UnknownException();

    /// <summary>Each one looked at is a step.</summary>
    private IEnumerable<JsonElement> Items(JsonElement list)
    {
        if (list.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in list.EnumerateArray())
            {
                Step();
                yield return item;
            }
        }
    }

    private IEnumerable<JsonProperty> Members(JsonElement members)
    {
        if (members.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in members.EnumerateObject())
            {
                Step();
                yield return member;
            }
        }
    }

    /// <summary>Whether the value follows the schema cannot be said.</summary>
    private sealed class UnknownException : Exception;
}
