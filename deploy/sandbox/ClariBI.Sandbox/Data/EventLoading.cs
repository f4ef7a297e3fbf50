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
        Run(connection, $$"""
            CREATE TEMP TABLE shapes AS SELECT DISTINCT json_keys(event_properties) AS event_properties, json_keys(user_properties) AS user_properties
            FROM read_json({{file}}, format = 'newline_delimited', columns = { event_properties: 'JSON', user_properties: 'JSON' })
            """);
        var eventKeys = Keys(connection, "event_properties");
        var userKeys = Keys(connection, "user_properties");
        var columns = Columns("e", "event_properties", eventKeys).Concat(Columns("u", "user_properties", userKeys)).ToArray();
        Run(connection, $$"""
            CREATE TABLE loaded AS
            SELECT event_type, event_time AS ts, coalesce(amplitude_id, (hash(coalesce(user_id, device_id)) >> 1)::BIGINT) AS uid,
              session_id, user_id, device_id, country, platform, version_name, device_type, language, user_creation_time{{string.Concat(columns.Select(column => $", {column.Source} AS {column.Name}"))}}
            FROM read_json({{file}}, format = 'newline_delimited', columns = {
              event_type: 'VARCHAR', event_time: 'TIMESTAMP', amplitude_id: 'BIGINT', session_id: 'BIGINT', user_id: 'VARCHAR', device_id: 'VARCHAR', country: 'VARCHAR',
              platform: 'VARCHAR', version_name: 'VARCHAR', device_type: 'VARCHAR', language: 'VARCHAR', user_creation_time: 'TIMESTAMP',
              event_properties: {{Struct(eventKeys)}}, user_properties: {{Struct(userKeys)}}})
            WHERE event_type IS NOT NULL AND event_time IS NOT NULL
            """);
        Order(connection);
        Run(connection, "CREATE TABLE properties (scope VARCHAR, name VARCHAR, column_name VARCHAR, is_numeric BOOLEAN)");
        foreach (var column in columns)
        {
            var scope = column.Name[0] == 'e' ? "event" : "user";
            Run(connection, $"INSERT INTO properties SELECT '{scope}', $1, '{column.Name}', coalesce(bool_and(TRY_CAST({column.Name} AS DOUBLE) IS NOT NULL), false) FROM events WHERE {column.Name} IS NOT NULL", column.Key);
        }
    }

    /// <summary>
    /// seq is the order of events for every "before" and "after"; equal times keep the order of the file, which DuckDB keeps in rowid.
    /// A user is new at the first event, unless the export says that the user existed before it.
    /// </summary>
    private static void Order(DuckDBConnection connection)
    {
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT coalesce(bool_and(ts >= before), true) FROM (SELECT ts, lag(ts) OVER () AS before FROM loaded)";
            if (!(bool)command.ExecuteScalar()!)
            {
                Run(connection, "CREATE TABLE sorted AS SELECT * FROM loaded ORDER BY ts, rowid");
                Run(connection, "DROP TABLE loaded");
                Run(connection, "ALTER TABLE sorted RENAME TO loaded");
            }
        }

        Run(connection, "ALTER TABLE loaded ADD COLUMN is_new BOOLEAN DEFAULT false");
        Run(connection, "UPDATE loaded SET is_new = true WHERE rowid IN (SELECT min(rowid) FROM loaded GROUP BY uid) AND (user_creation_time IS NULL OR user_creation_time >= ts)");
        Run(connection, "CREATE VIEW events AS SELECT rowid AS seq, * FROM loaded");
    }

    private static List<string> Keys(DuckDBConnection connection, string field)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT DISTINCT key FROM (SELECT unnest({field}) AS key FROM shapes) ORDER BY key LIMIT {MostProperties}";
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
