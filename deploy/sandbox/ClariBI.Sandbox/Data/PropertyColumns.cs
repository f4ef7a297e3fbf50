using DuckDB.NET.Data;

namespace ClariBI.Sandbox.Data;

/// <summary>
/// Takes the property objects of a table apart. They repeat a lot, so each distinct one is taken apart once and joined back.
/// Objects inside objects become properties named a.b, as Amplitude names them; lists stay JSON text.
/// </summary>
internal sealed class PropertyColumns(DuckDBConnection connection, string scope, string prefix)
{
    private const int MostProperties = 400;
    private const int DeepestNesting = 5;

    /// <summary>The table with a row per distinct object; its column text is what to join on.</summary>
    public string Table { get; } = scope + "_properties";

    public (string Name, string Column)[] Columns { get; private set; } = [];

    public void TakeApart()
    {
        connection.Run($"CREATE TEMP TABLE {Table}_texts AS SELECT {Table} AS text, count(*) AS n, contains(substr({Table}, 2), '{"{"}') AS nests FROM raw WHERE json_type({Table}) = 'OBJECT' GROUP BY 1");
        var found = new List<Key>();
        Collect(found, "", "", 1);
        var kept = found.GroupBy(key => key.Name).OrderByDescending(keys => keys.Sum(key => key.Count)).ThenBy(keys => keys.Key, StringComparer.Ordinal).Take(MostProperties)
            .OrderBy(keys => keys.Key, StringComparer.Ordinal).ToArray();
        var pointers = kept.SelectMany(keys => keys).Select(key => key.Pointer).ToList();
        Columns = [.. kept.Select((keys, index) => (keys.Key, $"{prefix}{index}"))];
        var parts = kept.Select((keys, index) => $", coalesce({string.Join(", ", keys.Select(key => $"parts[{pointers.IndexOf(key.Pointer) + 1}]").Append("NULL"))}) AS {prefix}{index}");
        connection.Run(kept.Length == 0
            ? $"CREATE TEMP TABLE {Table} AS SELECT text FROM {Table}_texts"
            : $"CREATE TEMP TABLE {Table} AS SELECT text{string.Concat(parts)} FROM (SELECT text, json_extract_string(text, [{string.Join(", ", pointers.Select(Literal))}]) AS parts FROM {Table}_texts)");
        connection.Run($"DROP TABLE {Table}_texts");
    }

    /// <summary>Writes down which column holds which property, and whether all of its values are numbers.</summary>
    public void Register()
    {
        if (Columns.Length == 0)
        {
            return;
        }

        var isNumeric = string.Join(", ", Columns.Select(column => $"coalesce(bool_and(TRY_CAST({column.Column} AS DOUBLE) IS NOT NULL) FILTER ({column.Column} IS NOT NULL), false)"));
        var names = string.Join(", ", Columns.Select(column => Literal(column.Name)));
        var columns = string.Join(", ", Columns.Select(column => Literal(column.Column)));
        connection.Run($"INSERT INTO properties SELECT '{scope}', unnest([{names}]), unnest([{columns}]), unnest(flags) FROM (SELECT [{isNumeric}] AS flags FROM {Table})");
    }

    private void Collect(List<Key> found, string pointer, string name, int depth)
    {
        var at = Literal(pointer);
        var keys = connection.Query($"""
            SELECT key, sum(n)::BIGINT, bool_or(nested), bool_or(NOT nested) FROM (
              SELECT key, n, CASE WHEN nests THEN json_type(text, {at} || '/' || replace(replace(key, '~', '~0'), '/', '~1')) = 'OBJECT' ELSE false END AS nested
              FROM (SELECT text, n, nests, unnest(json_keys(text{(pointer.Length == 0 ? "" : $", {at}")})) AS key FROM {Table}_texts {(pointer.Length == 0 ? "" : "WHERE nests")}))
            GROUP BY key ORDER BY key
            """, reader => (Name: reader.GetString(0), Count: reader.GetInt64(1), Nests: reader.GetBoolean(2), Holds: reader.GetBoolean(3)));
        foreach (var key in keys.Where(key => key.Name.Length > 0))
        {
            var child = new Key(name + key.Name, $"{pointer}/{key.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", key.Count);
            if (key.Holds || depth == DeepestNesting)
            {
                found.Add(child);
            }

            if (key.Nests && depth < DeepestNesting)
            {
                Collect(found, child.Pointer, child.Name + ".", depth + 1);
            }
        }
    }

    private static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    private sealed record Key(string Name, string Pointer, long Count);
}
