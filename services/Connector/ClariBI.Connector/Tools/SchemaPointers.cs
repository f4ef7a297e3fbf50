using System.Text.Json;

namespace ClariBI.Connector.Tools;

/// <summary>What a reference inside a JSON Schema points at (RFC 6901). Nothing outside the document is ever looked for.</summary>
internal static class SchemaPointers
{
    /// <param name="reference">The value of a <c>$ref</c>.</param>
    /// <returns>Null where it is no pointer into this document, or points at nothing.</returns>
    public static JsonElement? Find(JsonElement root, JsonElement reference)
    {
        if (reference.ValueKind != JsonValueKind.String || reference.GetString() is not ['#', .. var pointer] || pointer is not ("" or ['/', ..]))
        {
            return null;
        }

        var at = root;
        foreach (var token in pointer.Split('/').Skip(1))
        {
            var name = Uri.UnescapeDataString(token).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind == JsonValueKind.Array && int.TryParse(name, out var index) && index >= 0 && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at;
    }
}
