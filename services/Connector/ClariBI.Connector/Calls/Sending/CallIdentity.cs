using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClariBI.Connector.Mcp;

namespace ClariBI.Connector.Calls.Sending;

/// <summary>What makes two calls the same call.</summary>
/// <param name="Definition">Hash of the tool's definition, by which it was admitted.</param>
/// <param name="Arguments">Hash of the arguments, whatever the order of their names.</param>
internal sealed record CallIdentity(SessionKey Session, string Tool, string Definition, string Arguments)
{
    /// <summary>Numbers as they are written: two that are one as a double are two calls all the same.</summary>
    public static string Hash(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, value);
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    public static string HashText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Undefined:
                writer.WriteNullValue();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
