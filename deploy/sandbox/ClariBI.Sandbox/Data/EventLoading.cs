using System.Globalization;
using DuckDB.NET.Data;

namespace ClariBI.Sandbox.Data;

/// <summary>Turns an Amplitude export file into a table with a column per property, ordered by time.</summary>
internal static class EventLoading
{
    private const int LayoutVersion = 1;
    private const int MostProperties = 400;

    /// <summary>Rebuilds the cache unless it was made from exactly this file.</summary>
    public static void Refresh(string path, string cache)
    {
        var info = new FileInfo(path);
        var stamp = string.Create(CultureInfo.InvariantCulture, $"{LayoutVersion}/{info.Length}/{info.LastWriteTimeUtc.Ticks}");
        var stampPath = cache + ".stamp";
        if (File.Exists(cache) && File.Exists(stampPath) && File.ReadAllText(stampPath) == stamp)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(cache)!);
        File.Delete(stampPath);
        File.Delete(cache);
        File.Delete(cache + ".wal");
        using (var connection = new DuckDBConnection($"Data Source={cache}"))
        {
            connection.Open();
            Load(connection, path);
        }

        File.WriteAllText(stampPath, stamp);
    }

    private static void Load(DuckDBConnection connection, string path)
    {
        var file = "'" + path.Replace("'", "''", StringComparison.Ordinal) + "'";
        var eventKeys = Keys(connection, file, "event_properties");
        var userKeys = Keys(connection, file, "user_properties");
        var columns = Columns("e", "event_properties", eventKeys).Concat(Columns("u", "user_properties", userKeys)).ToArray();
        Run(connection, $$"""
            CREATE TABLE raw AS
            SELECT row_number() OVER () AS line, event_type, event_time AS ts, coalesce(amplitude_id, hash(coalesce(user_id, device_id))::HUGEINT::BIGINT) AS uid,
              session_id, user_id, device_id, country, platform, version_name, device_type, language, user_creation_time{{string.Concat(columns.Select(column => $", {column.Source} AS {column.Name}"))}}
            FROM read_json({{file}}, format = 'newline_delimited', maximum_object_size = 67108864, columns = {
              event_type: 'VARCHAR', event_time: 'TIMESTAMP', amplitude_id: 'BIGINT', session_id: 'BIGINT', user_id: 'VARCHAR', device_id: 'VARCHAR', country: 'VARCHAR',
              platform: 'VARCHAR', version_name: 'VARCHAR', device_type: 'VARCHAR', language: 'VARCHAR', user_creation_time: 'TIMESTAMP',
              event_properties: {{Struct(eventKeys)}}, user_properties: {{Struct(userKeys)}}})
            WHERE event_type IS NOT NULL AND event_time IS NOT NULL
            """);

        // seq is the order of events for every "before" and "after"; equal times keep the order of the file.
        // A user is new at the first event, unless the export says that the user existed before it.
        Run(connection, """
            CREATE TABLE events AS
            SELECT row_number() OVER (ORDER BY ts, line) AS seq, * EXCLUDE (line, user_creation_time),
              row_number() OVER (PARTITION BY uid ORDER BY ts, line) = 1 AND (user_creation_time IS NULL OR user_creation_time >= ts) AS is_new
            FROM raw ORDER BY seq
            """);
        Run(connection, "DROP TABLE raw");
        Run(connection, "CREATE TABLE properties (scope VARCHAR, name VARCHAR, column_name VARCHAR, is_numeric BOOLEAN)");
        foreach (var column in columns)
        {
            var scope = column.Name[0] == 'e' ? "event" : "user";
            Run(connection, $"INSERT INTO properties SELECT '{scope}', $1, '{column.Name}', coalesce(bool_and(TRY_CAST({column.Name} AS DOUBLE) IS NOT NULL), false) FROM events WHERE {column.Name} IS NOT NULL", column.Key);
        }
    }

    private static List<string> Keys(DuckDBConnection connection, string file, string field)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $$"""
            SELECT key FROM (SELECT DISTINCT unnest(json_keys({{field}})) AS key
              FROM (SELECT DISTINCT {{field}} FROM read_json({{file}}, format = 'newline_delimited', maximum_object_size = 67108864, columns = { {{field}}: 'JSON' })) WHERE json_type({{field}}) = 'OBJECT')
            ORDER BY key LIMIT {{MostProperties}}
            """;
        using var reader = command.ExecuteReader();
        var keys = new List<string>();
        while (reader.Read())
        {
            keys.Add(reader.GetString(0));
        }

        return keys;
    }

    private static IEnumerable<(string Name, string Key, string Source)> Columns(string prefix, string field, List<string> keys) =>
        keys.Select((key, index) => ($"{prefix}{index}", key, $"{field}.{Quote(key)}"));

    /// <summary>Nested objects and arrays arrive as their JSON text.</summary>
    private static string Struct(List<string> keys) => keys.Count == 0
        ? "'JSON'"
        : "'STRUCT(" + string.Join(", ", keys.Select(key => $"{Quote(key)} VARCHAR")).Replace("'", "''", StringComparison.Ordinal) + ")'";

    private static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static void Run(DuckDBConnection connection, string sql, params object[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in parameters)
        {
            command.Parameters.Add(new DuckDBParameter(value));
        }

        command.ExecuteNonQuery();
    }
}
