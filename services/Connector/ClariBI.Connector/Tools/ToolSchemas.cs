using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClariBI.Connector.Tools;

/// <summary>Reads and narrows the JSON Schema of a tool's arguments. References are never followed.</summary>
internal static class ToolSchemas
{
    private static readonly string[] Unions = ["anyOf", "oneOf"];

    /// <summary>The values that the schema lists for an argument: its <c>enum</c> or <c>const</c>, also in the branches of a union.</summary>
    public static List<string> Values(JsonElement schema, string argument)
    {
        var values = new List<string>();
        foreach (var branch in Branches(schema))
        {
            if (Argument(branch, argument) is not { } declared)
            {
                continue;
            }

            if (declared.TryGetProperty("const", out var only) && only.ValueKind == JsonValueKind.String)
            {
                values.Add(only.GetString()!);
            }

            if (declared.TryGetProperty("enum", out var listed) && listed.ValueKind == JsonValueKind.Array)
            {
                values.AddRange(listed.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!));
            }
        }

        return values;
    }

    /// <summary>The names of the arguments that the schema declares, in all branches.</summary>
    public static HashSet<string> Arguments(JsonElement schema) =>
        [.. Branches(schema)
            .Where(branch => branch.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
            .SelectMany(branch => branch.GetProperty("properties").EnumerateObject().Select(property => property.Name))];

    /// <summary>Whether the schema takes no arguments besides those that it declares.</summary>
    public static bool IsClosed(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.False;

    /// <summary>The same schema with one argument's values cut down to the admitted ones; branches left without any are dropped.</summary>
    public static JsonElement Narrow(JsonElement schema, Admission admission)
    {
        var narrowed = JsonNode.Parse(schema.GetRawText())!.AsObject();
        NarrowArgument(narrowed, admission);
        foreach (var union in Unions)
        {
            if (narrowed[union] is JsonArray branches)
            {
                var kept = branches.OfType<JsonObject>().Where(branch => NarrowArgument(branch, admission)).Select(branch => branch.DeepClone());
                narrowed[union] = new JsonArray([.. kept]);
            }
        }

        return JsonSerializer.SerializeToElement(narrowed);
    }

    /// <returns>False when the branch declares the argument with none of the admitted values.</returns>
    private static bool NarrowArgument(JsonObject schema, Admission admission)
    {
        if (schema["properties"]?[admission.Argument] is not JsonObject argument)
        {
            return true;
        }

        if (argument["const"] is JsonValue only)
        {
            return only.TryGetValue<string>(out var value) && admission.Values.Contains(value);
        }

        var listed = argument["enum"] is JsonArray values
            ? values.OfType<JsonValue>().Select(value => value.TryGetValue<string>(out var text) ? text : null).OfType<string>().ToList()
            : null;
        var admitted = listed is null ? admission.Values : [.. admission.Values.Where(listed.Contains)];
        argument["enum"] = new JsonArray([.. admitted.Select(value => JsonValue.Create(value))]);
        if (argument["default"] is JsonValue preset && !(preset.TryGetValue<string>(out var name) && admission.MayOmit && admitted.Contains(name)))
        {
            argument.Remove("default");
        }

        return admitted.Count > 0;
    }

    private static JsonElement? Argument(JsonElement schema, string name) =>
        schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
        && properties.TryGetProperty(name, out var argument) && argument.ValueKind == JsonValueKind.Object
            ? argument
            : null;

    private static IEnumerable<JsonElement> Branches(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        yield return schema;
        foreach (var union in Unions)
        {
            if (schema.TryGetProperty(union, out var branches) && branches.ValueKind == JsonValueKind.Array)
            {
                foreach (var branch in branches.EnumerateArray().Where(branch => branch.ValueKind == JsonValueKind.Object))
                {
                    yield return branch;
                }
            }
        }
    }
}
