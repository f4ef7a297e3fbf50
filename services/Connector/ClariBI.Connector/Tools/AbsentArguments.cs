using System.Buffers;
using System.Text.Json;

namespace ClariBI.Connector.Tools;

/// <summary>
/// Callers that fill in every argument write null for those they do not mean. Where the tool declares that such an argument may
/// be left out and takes no null, it is left out; a null that the schema takes may mean something and stays.
/// </summary>
internal static class AbsentArguments
{
    /// <param name="keep">An argument that the policy decides on: its null is a value that is not admitted.</param>
    public static JsonElement Without(JsonElement schema, JsonElement arguments, string? keep)
    {
        var absent = arguments.EnumerateObject()
            .Where(argument => argument.Value.ValueKind == JsonValueKind.Null && argument.Name != keep && MayBeAbsent(schema, argument.Name))
            .Select(argument => argument.Name)
            .ToHashSet(StringComparer.Ordinal);
        if (absent.Count == 0)
        {
            return arguments;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var argument in arguments.EnumerateObject().Where(argument => !absent.Contains(argument.Name)))
            {
                writer.WritePropertyName(argument.Name);
                writer.WriteRawValue(argument.Value.GetRawText());
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>Declared with types of which null is none, and not required.</summary>
    private static bool MayBeAbsent(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object
        && schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
        && properties.TryGetProperty(name, out var argument) && argument.ValueKind == JsonValueKind.Object
        && argument.TryGetProperty("type", out var type) && !Texts(type).Contains("null")
        && !(schema.TryGetProperty("required", out var required) && Texts(required).Contains(name));

    private static IEnumerable<string?> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()],
        JsonValueKind.Array => value.EnumerateArray().Where(text => text.ValueKind == JsonValueKind.String).Select(text => text.GetString()),
        _ => [],
    };
}
