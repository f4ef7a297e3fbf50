using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClariBI.Connector.Tools.Definitions;

/// <summary>What makes one tool unusable, so that it is set aside by itself and the others go on.</summary>
internal static partial class DefinitionFlaws
{
    private const int LargestBytes = 64 * 1024;
    private const int DeepestSchema = 32;

    private static readonly string[] References = ["$ref", "$dynamicRef", "$recursiveRef"];

    /// <returns>A sentence; null where the definition can be used.</returns>
    public static string? Find(PublishedTool tool)
    {
        if (!IsName(tool.Name))
        {
            return "Its name holds characters that a tool's name does not have, or is longer than 128 characters.";
        }

        if (Encoding.UTF8.GetByteCount(tool.Description ?? "") + Size(tool.InputSchema) + Size(tool.OutputSchema) > LargestBytes)
        {
            return "Its definition is larger than 64 KB.";
        }

        if (!IsObjectSchema(tool.InputSchema))
        {
            return "Its input schema does not describe an object.";
        }

        return Find(tool.InputSchema, "input", 0) ?? (tool.OutputSchema is { } output ? Find(output, "output", 0) : null)
            ?? (SchemaArguments.AreCountable(tool.InputSchema) ? null : "Its input schema refers to itself in more ways than can be followed.");
    }

    /// <summary>
    /// The characters of the specification, and the colon and the space that servers use as well. Without empty, <c>.</c> and
    /// <c>..</c> segments, which would change a path that holds them.
    /// </summary>
    public static bool IsName(string name) => Name().IsMatch(name) && !name.Split('/').Any(segment => segment is "" or "." or "..");

    private static int Size(JsonElement? schema) =>
        schema is { ValueKind: not JsonValueKind.Undefined } present ? Encoding.UTF8.GetByteCount(present.GetRawText()) : 0;

    /// <summary>Without a type it is taken for an object, as many servers leave that out.</summary>
    private static bool IsObjectSchema(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && (!schema.TryGetProperty("type", out var type) || type.ValueKind switch
        {
            JsonValueKind.String => type.ValueEquals("object"),
            JsonValueKind.Array => type.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.ValueEquals("object")),
            _ => false,
        });

    private static string? Find(JsonElement schema, string which, int depth)
    {
        if (depth > DeepestSchema)
        {
            return $"Its {which} schema is nested too deeply.";
        }

        return schema.ValueKind switch
        {
            JsonValueKind.Object => schema.EnumerateObject().Select(member => Find(member, which, depth)).FirstOrDefault(flaw => flaw is not null),
            JsonValueKind.Array => schema.EnumerateArray().Select(item => Find(item, which, depth + 1)).FirstOrDefault(flaw => flaw is not null),
            _ => null,
        };
    }

    private static string? Find(JsonProperty member, string which, int depth)
    {
        if (VendorText.HasHidden(member.Name))
        {
            return $"Its {which} schema has a name with hidden characters: “{VendorText.Show(member.Name)}”.";
        }

        if (member.Value.ValueKind == JsonValueKind.String && References.Contains(member.Name)
            && !member.Value.GetString()!.StartsWith('#'))
        {
            return $"Its {which} schema refers to another document ({member.Name}), which is not fetched.";
        }

        return Find(member.Value, which, depth + 1);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.:/ -]{1,128}\z")]
    private static partial Regex Name();
}
