using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Mcp;

/// <summary>The published form of a tool; the catalogue adds its tags and, in the third generation, rationale.</summary>
internal static class ToolDefinition
{
    private static readonly string[] ReadLevel = ["read"];
    private static readonly string[] WriteLevel = ["write"];
    private static readonly string[] BothLevels = ["read", "write"];

    public static Tool Read(string name, string title, string description, string properties, params string[] required) =>
        Build(name, title, description, properties, required, ReadLevel);

    /// <summary>A tool whose actions both read and write.</summary>
    public static Tool Mixed(string name, string title, string description, string properties, params string[] required) =>
        Build(name, title, description, properties, required, BothLevels);

    public static Tool Write(string name, string title, string description, string properties, params string[] required) =>
        Build(name, title, description, properties, required, WriteLevel);

    /// <summary>A tool whose arguments nobody has published: those known are named, others are let through.</summary>
    public static Tool Open(Tool tool) => Change(tool, schema => schema["additionalProperties"] = true);

    public static Tool Destructive(Tool tool)
    {
        tool.Annotations!.DestructiveHint = true;
        return tool;
    }

    /// <summary>A copy under another name or with other properties in its schema.</summary>
    public static Tool Change(Tool tool, Action<JsonObject> change)
    {
        var schema = JsonNode.Parse(tool.InputSchema.GetRawText())!.AsObject();
        change(schema);
        return new()
        {
            Name = tool.Name,
            Title = tool.Title,
            Description = tool.Description,
            InputSchema = JsonSerializer.SerializeToElement(schema),
            Annotations = tool.Annotations,
            Meta = (JsonObject?)tool.Meta?.DeepClone(),
        };
    }

    public static string[] AccessLevels(Tool tool) => [.. tool.Meta!["amplitude/accessLevels"]!.AsArray().Select(level => level!.GetValue<string>())];

    private static Tool Build(string name, string title, string description, string properties, string[] required, string[] access)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = JsonNode.Parse(properties) };
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray([.. required.Select(field => JsonValue.Create(field))]);
        }

        schema["additionalProperties"] = false;
        schema["$schema"] = "http://json-schema.org/draft-07/schema#";
        var readOnly = access == ReadLevel;
        return new()
        {
            Name = name,
            Title = title,
            Description = description,
            InputSchema = JsonSerializer.SerializeToElement(schema),
            Annotations = new() { Title = title, DestructiveHint = false, ReadOnlyHint = readOnly, IdempotentHint = readOnly, OpenWorldHint = false },
            Meta = new() { ["amplitude/accessLevels"] = new JsonArray([.. access.Select(level => JsonValue.Create(level))]) },
        };
    }
}
