using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query;

/// <summary>Reads fields whose absence is normal; a present field of the wrong kind is the caller's mistake and is named.</summary>
internal static class JsonReading
{
    private const int MostItems = 1000;

    public static JsonElement Field(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var field) ? field : default;

    public static string? Text(this JsonElement value, string name)
    {
        var field = value.Field(name);
        return field.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            JsonValueKind.String => Characters(field, name),
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

    public static double? Real(this JsonElement value, string name)
    {
        var field = value.Field(name);
        return field.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            JsonValueKind.Number when field.TryGetDouble(out var number) && Math.Abs(number) < 1e15 => number,
            _ => throw new ToolErrorException($"{name}: Input should be a number"),
        };
    }

    public static bool Flag(this JsonElement value, string name) => value.Field(name).ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw new ToolErrorException($"{name}: Input should be a boolean"),
    };

    public static IEnumerable<JsonElement> Items(this JsonElement value, string name)
    {
        var field = value.Field(name);
        return field.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => [],
            JsonValueKind.Array when field.GetArrayLength() <= MostItems => field.EnumerateArray(),
            JsonValueKind.Array => throw new ToolErrorException($"{name}: Array should have at most {MostItems} items"),
            _ => throw new ToolErrorException($"{name}: Input should be an array"),
        };
    }

    public static string[] Values(this JsonElement value, string name) => [.. value.Items(name).Select(item => item.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => Sql.None,
        JsonValueKind.Number => item.GetRawText(),
        JsonValueKind.String => Characters(item, name),
        _ => throw new ToolErrorException($"{name}: Input should be strings, numbers or booleans"),
    })];

    public static JsonElement Element(this JsonNode node) => JsonSerializer.SerializeToElement(node);

    /// <summary>The database takes neither half a surrogate pair nor the character that ends its strings.</summary>
    private static string Characters(JsonElement text, string name)
    {
        try
        {
            var characters = text.GetString()!;
            return characters.Contains('\0', StringComparison.Ordinal) ? throw new ToolErrorException($"{name}: Input should not have NUL characters") : characters;
        }
        catch (InvalidOperationException)
        {
            throw new ToolErrorException($"{name}: Input should be valid Unicode");
        }
    }
}
