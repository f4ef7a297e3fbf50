using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClariBI.Connector.Tools.Definitions;

/// <summary>A tool's definition as the engine may read it: every text cleaned, wherever in the schema it stands.</summary>
internal sealed record CleanTool(string? Title, string? Description, JsonElement InputSchema, TextFindings Findings)
{
    private const int LongestTitle = 200;
    private const int LongestDescription = 1500;

    // Their words are for validators; changed, they would mean something else.
    private static readonly string[] Exact = ["const", "pattern", "format", "type", "$ref", "$id", "$schema", "$anchor"];

    private static readonly ConditionalWeakTable<PublishedTool, CleanTool> Known = [];

    /// <param name="tool">Of one with a flaw, only the texts are cleaned.</param>
    public static CleanTool Of(PublishedTool tool) => Known.GetValue(tool, Make);

    private static CleanTool Make(PublishedTool tool)
    {
        var findings = TextFindings.None;
        var title = tool.Title is null ? null : VendorText.Clean(tool.Title, LongestTitle, ref findings);
        var description = tool.Description is null ? null : VendorText.Clean(tool.Description, LongestDescription, ref findings);
        if (ToolDefinition.Of(tool).Flaw is not null)
        {
            return new CleanTool(title, description, default, findings);
        }

        var clean = JsonNode.Parse(tool.InputSchema.GetRawText())!.AsObject();
        clean.Remove("$comment");
        clean["type"] = "object";
        Clean(clean, ref findings);
        return new CleanTool(title, description, JsonSerializer.SerializeToElement(clean), findings);
    }

    private static void Clean(JsonNode? node, ref TextFindings findings)
    {
        if (node is JsonObject schema)
        {
            foreach (var (name, member) in schema.ToList())
            {
                Clean(schema, name, member, ref findings);
            }
        }
        else if (node is JsonArray items)
        {
            for (var index = 0; index < items.Count; index++)
            {
                if (Text(items[index]) is { } text && VendorText.Clean(text, LongestDescription, ref findings) is var clean && clean != text)
                {
                    items[index] = clean;
                }

                Clean(items[index], ref findings);
            }
        }
    }

    private static void Clean(JsonObject schema, string name, JsonNode? member, ref TextFindings findings)
    {
        if (name == "enum" && member is JsonArray values)
        {
            KeepGood(schema, values, ref findings);
        }
        else if (Text(member) is not { } text)
        {
            Clean(member, ref findings);
        }
        else if (!Exact.Contains(name))
        {
            schema[name] = VendorText.Clean(text, LongestDescription, ref findings);
        }
        else if (!IsGood(text, ref findings))
        {
            schema.Remove(name);
        }
    }

    /// <summary>A value is sent as it stands, so it cannot be mended, only left out.</summary>
    private static void KeepGood(JsonObject schema, JsonArray values, ref TextFindings findings)
    {
        for (var index = values.Count - 1; index >= 0; index--)
        {
            if (Text(values[index]) is { } text && !IsGood(text, ref findings))
            {
                values.RemoveAt(index);
            }
        }

        if (values.Count == 0)
        {
            schema.Remove("enum");
        }
    }

    private static bool IsGood(string text, ref TextFindings findings)
    {
        var found = TextFindings.None;
        _ = VendorText.Clean(text, int.MaxValue, ref found);
        findings |= found;
        return found == TextFindings.None;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
