using System.Text.Json;

namespace ClariBI.Connector.Tools;

/// <summary>
/// Judges arguments by the schema the tool was published with, as far as names, types and listed values go. Patterns, formats and
/// bounds are left to the vendor, and so is a schema that cannot be followed.
/// </summary>
internal static class ArgumentSchemas
{
    private const int LargestSchema = 256 * 1024;

    /// <returns>A sentence that says what is wrong; null when nothing is.</returns>
    public static string? Judge(PublishedTool tool, JsonElement arguments)
    {
        if (tool.InputSchema.ValueKind != JsonValueKind.Object || tool.InputSchema.GetRawText().Length > LargestSchema
            || SchemaCheck.Find(tool.InputSchema, arguments, SchemaDepth.Shape) is not { } fault)
        {
            return null;
        }

        return $"The arguments do not fit what {tool.Name} takes: {fault.Sentence}.";
    }
}
