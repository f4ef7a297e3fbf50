using System.Globalization;
using System.Text.Json;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude;

/// <summary>
/// Reads JSON whose exact form differs by server version: the same field is camelCase here and snake_case there, an id is a
/// number or a string, a list stands under one of several names.
/// </summary>
internal static class Loose
{
    private static readonly string[] ListNames =
        ["entities", "results", "items", "data", "events", "properties", "cohorts", "charts", "projects", "values", "rows"];

    /// <returns>The first field that exists under one of the names, whatever its case and underscores; undefined where none does.</returns>
    public static JsonElement Field(this JsonElement element, params ReadOnlySpan<string> names)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return default;
        }

        foreach (var name in names)
        {
            foreach (var field in element.EnumerateObject())
            {
                if (field.Value.ValueKind != JsonValueKind.Null && SameName(field.Name, name))
                {
                    return field.Value;
                }
            }
        }

        return default;
    }

    public static string? Text(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    public static double? Number(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String when double.TryParse(element.GetString()!.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        JsonValueKind.Object => element.Field("value").Number(),
        JsonValueKind.Array when element.GetArrayLength() > 0 => element[0].Number(),
        _ => null,
    };

    /// <summary>The elements of an array; nothing for any other kind.</summary>
    public static IEnumerable<JsonElement> Each(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    /// <summary>The list in a reply: the reply itself, or the first array under one of the usual names, up to two levels down.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement reply)
    {
        if (reply.ValueKind == JsonValueKind.Array)
        {
            return reply.EnumerateArray();
        }

        foreach (var name in ListNames)
        {
            var found = reply.Field(name);
            if (found.ValueKind == JsonValueKind.Array)
            {
                // Search answers per query: [{query, entities: […]}].
                return found.EnumerateArray().SelectMany(item =>
                    item.Field("entities", "results", "items") is { ValueKind: JsonValueKind.Array } inner && item.Field("query").ValueKind != JsonValueKind.Undefined
                        ? inner.EnumerateArray()
                        : Enumerable.Repeat(item, 1));
            }

            if (found.ValueKind == JsonValueKind.Object && found.List().ToList() is { Count: > 0 } nested)
            {
                return nested;
            }
        }

        return [];
    }

    private static bool SameName(string actual, string wanted)
    {
        var at = 0;
        foreach (var character in actual)
        {
            if (character == '_')
            {
                continue;
            }

            if (at >= wanted.Length || char.ToLowerInvariant(character) != char.ToLowerInvariant(wanted[at]))
            {
                return false;
            }

            at++;
        }

        return at == wanted.Length;
    }
}
