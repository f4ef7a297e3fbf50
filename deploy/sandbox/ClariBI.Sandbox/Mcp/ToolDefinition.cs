using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Mcp;

internal static class ToolDefinition
{
    private const string Rationale = "Why this call helps answer the user's question.";

    public static Tool Read(string name, string title, string description, string properties, params string[] required) =>
        Build(name, title, description, properties, required, readOnly: true, ["read"]);

    /// <summary>A tool whose actions both read and write.</summary>
    public static Tool Mixed(string name, string title, string description, string properties, params string[] required) =>
        Build(name, title, description, properties, required, readOnly: false, ["read", "write"]);

    public static Tool Write(string name, string title, string description, string properties, params string[] required) =>
        Build(name, title, description, properties, required, readOnly: false, ["write"]);

    private static Tool Build(string name, string title, string description, string properties, string[] required, bool readOnly, string[] access)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = JsonNode.Parse(properties) };
        schema["properties"]!["rationale"] = new JsonObject { ["type"] = "string", ["description"] = Rationale };
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray([.. required.Select(field => JsonValue.Create(field))]);
        }

        schema["additionalProperties"] = false;
        schema["$schema"] = "http://json-schema.org/draft-07/schema#";
        return new()
        {
            Name = name,
            Title = title,
            Description = description,
            InputSchema = JsonSerializer.SerializeToElement(schema),
            Annotations = new() { Title = title, DestructiveHint = false, ReadOnlyHint = readOnly, IdempotentHint = readOnly, OpenWorldHint = false },
            Meta = new()
            {
                ["amplitude/tags"] = new JsonArray("analytics", "default"),
                ["amplitude/accessLevels"] = new JsonArray([.. access.Select(level => JsonValue.Create(level))]),
            },
        };
    }
}
