using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClariBI.Connector.Tools.Definitions;

/// <summary>What a vendor says of a tool, as one canonical text and its hash. A pin holds exactly this.</summary>
/// <param name="Json">RFC 8785; empty where there is no such form.</param>
/// <param name="Hash">SHA-256 in lower-case hex; empty where <paramref name="Json"/> is.</param>
/// <param name="Flaw">Why the tool cannot be used at all, in a sentence; null: nothing speaks against it.</param>
internal sealed record ToolDefinition(string Json, string Hash, string? Flaw)
{
    // A list of tools is read once and judged at every call.
    private static readonly ConditionalWeakTable<PublishedTool, ToolDefinition> Known = [];

    // No other kind of text that we hash can be taken for a definition.
    private static readonly byte[] Domain = Encoding.UTF8.GetBytes("claribi:tool-definition:1\n");

    public static ToolDefinition Of(PublishedTool tool) => Known.GetValue(tool, Make);

    public static string HashOf(string canonical) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Domain, .. Encoding.UTF8.GetBytes(canonical)]));

    /// <summary>The tool as it was when <see cref="Json"/> was written.</summary>
    public static PublishedTool Read(string json)
    {
        var definition = JsonSerializer.Deserialize<JsonElement>(json);
        var hints = definition.TryGetProperty("annotations", out var annotations) ? annotations : default;
        return new PublishedTool(
            definition.GetProperty("name").GetString()!, Text(definition, "title"), Text(definition, "description"),
            definition.GetProperty("inputSchema"), Hint(hints, "readOnlyHint"), Hint(hints, "destructiveHint"),
            definition.TryGetProperty("accessLevels", out var levels) ? [.. levels.EnumerateArray().Select(level => level.GetString()!)] : null,
            definition.TryGetProperty("outputSchema", out var output) ? output : null,
            Hint(hints, "idempotentHint"), Hint(hints, "openWorldHint"));
    }

    private static ToolDefinition Make(PublishedTool tool)
    {
        try
        {
            var json = CanonicalJson.Write(Describe(tool));
            return new ToolDefinition(json, HashOf(json), tool.Flaw ?? DefinitionFlaws.Find(tool));
        }
        catch (FormatException flaw)
        {
            return new ToolDefinition("", "", tool.Flaw ?? $"Its definition cannot be read. {flaw.Message}");
        }
    }

    private static JsonElement Describe(PublishedTool tool)
    {
        var definition = new Dictionary<string, object?>
        {
            ["name"] = tool.Name,
            ["title"] = tool.Title,
            ["description"] = tool.Description,
            ["inputSchema"] = tool.InputSchema.ValueKind == JsonValueKind.Undefined ? null : tool.InputSchema,
            ["outputSchema"] = tool.OutputSchema,
            ["annotations"] = Hints(tool),
            ["accessLevels"] = tool.AccessLevels,
        };
        return JsonSerializer.SerializeToElement(definition.Where(member => member.Value is not null).ToDictionary());
    }

    private static JsonObject? Hints(PublishedTool tool)
    {
        var hints = new JsonObject();
        foreach (var (name, hint) in new[]
        {
            ("readOnlyHint", tool.ReadOnlyHint), ("destructiveHint", tool.DestructiveHint),
            ("idempotentHint", tool.IdempotentHint), ("openWorldHint", tool.OpenWorldHint),
        })
        {
            if (hint is { } said)
            {
                hints[name] = said;
            }
        }

        return hints.Count > 0 ? hints : null;
    }

    private static string? Text(JsonElement definition, string name) => definition.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static bool? Hint(JsonElement hints, string name) =>
        hints.ValueKind == JsonValueKind.Object && hints.TryGetProperty(name, out var hint) ? hint.GetBoolean() : null;
}
