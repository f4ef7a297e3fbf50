using System.Text.Json;

namespace ClariBI.Sandbox.Data;

/// <summary>
/// The columns that the property objects of a field are taken apart into.
/// Objects inside objects become properties named a.b, as Amplitude names them; lists stay JSON text.
/// </summary>
internal sealed class PropertyColumns(string scope, string prefix)
{
    private const int MostProperties = 400;
    private const int DeepestNesting = 5;
    private readonly Dictionary<string, Key> found = [];

    /// <summary>The field of the export that holds the objects.</summary>
    public string Field { get; } = scope + "_properties";

    /// <summary>What an object looks like, as JSON text: its keys, or its whole structure where something in it nests. Objects of a project share few shapes.</summary>
    public string Shape => $"CASE WHEN NOT starts_with({Field}, '{"{"}') THEN NULL WHEN contains(substr({Field}, 2), '{"{"}') THEN json_structure({Field})::VARCHAR ELSE to_json(json_keys({Field}))::VARCHAR END";

    /// <summary>All properties of a row as one list, so that the text is parsed once.</summary>
    public string Parts { get; private set; } = "NULL";

    /// <summary>What to select, comma first, from rows that have the list of Parts under the name PartsName.</summary>
    public string Selection { get; private set; } = "";

    public string PartsName { get; } = prefix + "parts";

    private (string Name, string Column)[] Columns { get; set; } = [];

    public void AddShape(string shape, long count)
    {
        using var document = JsonDocument.Parse(shape);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            Walk(document.RootElement, "", "", 1, count);
            return;
        }

        foreach (var key in document.RootElement.EnumerateArray().Select(element => element.GetString()!).Where(key => key.Length > 0))
        {
            Add(key, "/" + Escaped(key), count);
        }
    }

    /// <summary>Chooses the columns once every shape is known.</summary>
    public void Choose()
    {
        var kept = found.GroupBy(pair => pair.Value.Name).OrderByDescending(keys => keys.Sum(pair => pair.Value.Count)).ThenBy(keys => keys.Key, StringComparer.Ordinal).Take(MostProperties)
            .OrderBy(keys => keys.Key, StringComparer.Ordinal).Select(keys => (Name: keys.Key, Pointers: keys.Select(pair => pair.Key).Order(StringComparer.Ordinal).ToArray())).ToArray();
        if (kept.Length == 0)
        {
            return;
        }

        var at = kept.SelectMany(property => property.Pointers).Select((pointer, index) => (pointer, Part: $"{PartsName}[{index + 1}]")).ToDictionary(entry => entry.pointer, entry => entry.Part);
        Columns = [.. kept.Select((property, index) => (property.Name, $"{prefix}{index}"))];
        Parts = $"json_extract_string({Field}, [{string.Join(", ", at.Keys.Select(Literal))}])";
        Selection = string.Concat(kept.Select((property, index) => $", coalesce({string.Join(", ", property.Pointers.Select(pointer => at[pointer]).Append("NULL"))}) AS {prefix}{index}"));
    }

    /// <summary>Writes down which column holds which property, and whether all of its values are numbers.</summary>
    public string? Registration()
    {
        if (Columns.Length == 0)
        {
            return null;
        }

        var isNumeric = string.Join(", ", Columns.Select(column => $"coalesce(bool_and(TRY_CAST({column.Column} AS DOUBLE) IS NOT NULL) FILTER ({column.Column} IS NOT NULL), false)"));
        var names = string.Join(", ", Columns.Select(column => Literal(column.Name)));
        var columns = string.Join(", ", Columns.Select(column => Literal(column.Column)));
        return $"INSERT INTO properties SELECT '{scope}', unnest([{names}]), unnest([{columns}]), unnest(flags) FROM (SELECT [{isNumeric}] AS flags FROM loaded)";
    }

    /// <summary>A structure has "JSON" for an object with nothing in it, which is no value.</summary>
    private void Walk(JsonElement node, string pointer, string name, int depth, long count)
    {
        foreach (var child in node.EnumerateObject().Where(child => child.Name.Length > 0))
        {
            var (at, named) = ($"{pointer}/{Escaped(child.Name)}", name + child.Name);
            var isObject = child.Value.ValueKind == JsonValueKind.Object;
            if (isObject && depth < DeepestNesting)
            {
                Walk(child.Value, at, named + ".", depth + 1, count);
            }
            else if (child.Value.ValueKind != JsonValueKind.String || !child.Value.ValueEquals("JSON"))
            {
                Add(named, at, count);
            }
        }
    }

    private void Add(string name, string pointer, long count) =>
        found[pointer] = found.TryGetValue(pointer, out var key) ? key with { Count = key.Count + count } : new(name, count);

    private static string Escaped(string key) => key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    private sealed record Key(string Name, long Count);
}
