using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query;

/// <summary>Reads fields whose absence is normal; a present field of the wrong kind is the caller's mistake and is named.</summary>
internal static class JsonReading
{
    public static JsonElement Field(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var field) ? field : default;

    public static string? Text(this JsonElement value, string name)
    {
        var field = value.Field(name);
        return field.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            JsonValueKind.String => field.GetString(),
            _ => throw new ToolErrorException($"{name}: Input should be a string"),
        };
    }

    public static string Required(this JsonElement value, string name) => value.Text(name) ?? throw new ToolErrorException($"{name}: Field required");

    public static int Number(this JsonElement value, string name, int otherwise)
    {
        var field = value.Field(name);
        return field.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => otherwise,
            JsonValueKind.Number when field.TryGetInt32(out var number) => number,
            _ => throw new ToolErrorException($"{name}: Input should be an integer"),
        };
    }

    public static IEnumerable<JsonElement> Items(this JsonElement value, string name)
    {
        var field = value.Field(name);
        return field.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => [],
            JsonValueKind.Array => field.EnumerateArray(),
            _ => throw new ToolErrorException($"{name}: Input should be an array"),
        };
    }

    public static string[] Values(this JsonElement value, string name) => [.. value.Items(name).Select(item => item.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => Sql.None,
        _ => item.ToString(),
    })];

    public static JsonElement Element(this JsonNode node) => JsonSerializer.SerializeToElement(node);
}
