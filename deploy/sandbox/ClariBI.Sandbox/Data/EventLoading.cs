using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DuckDB.NET.Data;

namespace ClariBI.Sandbox.Data;

/// <summary>Turns an Amplitude export file into a table with a column per property, ordered by time.</summary>
internal static class EventLoading
{
    private const int LayoutVersion = 2;
    private const int MostProperties = 400;
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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

    /// <summary>
    /// Property objects repeat a lot, so each distinct one is taken apart once and joined back: reading a million lines takes half the time.
    /// </summary>
    private static void Load(DuckDBConnection connection, string path)
    {
        var file = "'" + path.Replace("'", "''", StringComparison.Ordinal) + "'";
        Run(connection, $$"""
            CREATE TEMP TABLE raw AS
            SELECT event_type, event_time AS ts, coalesce(amplitude_id, (hash(coalesce(user_id, device_id)) >> 1)::BIGINT) AS uid,
              session_id, user_id, device_id, country, platform, version_name, device_type, language, user_creation_time, event_properties, user_properties
            FROM read_json({{file}}, format = 'newline_delimited', columns = {
              event_type: 'VARCHAR', event_time: 'TIMESTAMP', amplitude_id: 'BIGINT', session_id: 'BIGINT', user_id: 'VARCHAR', device_id: 'VARCHAR', country: 'VARCHAR',
              platform: 'VARCHAR', version_name: 'VARCHAR', device_type: 'VARCHAR', language: 'VARCHAR', user_creation_time: 'TIMESTAMP',
              event_properties: 'JSON', user_properties: 'JSON'})
            WHERE event_type IS NOT NULL AND event_time IS NOT NULL
            """);
        var eventColumns = TakeApart(connection, "event_properties", "e");
        var userColumns = TakeApart(connection, "user_properties", "u");
        (string Name, string Key)[] columns = [.. eventColumns, .. userColumns];

        // One thread keeps a join's rows in the order of the file, which is cheaper than sorting them again.
        Run(connection, "SET threads = 1");
        Run(connection, $"""
            CREATE TABLE loaded AS
            SELECT raw.rowid AS line, raw.* EXCLUDE (event_properties, user_properties){string.Concat(columns.Select(column => $", {column.Name}"))}
            FROM raw LEFT JOIN event_properties AS e ON raw.event_properties = e.text LEFT JOIN user_properties AS u ON raw.user_properties = u.text
            """);
        Run(connection, "RESET threads");
        Run(connection, "DROP TABLE raw");
        Order(connection);
        Run(connection, "CREATE TABLE properties (scope VARCHAR, name VARCHAR, column_name VARCHAR, is_numeric BOOLEAN)");
        foreach (var column in columns)
        {
            var scope = Array.IndexOf(eventColumns, column) >= 0 ? "event" : "user";
            Run(connection, $"INSERT INTO properties SELECT '{scope}', $1, '{column.Name}', coalesce(bool_and(TRY_CAST({column.Name} AS DOUBLE) IS NOT NULL), false) FROM {scope}_properties WHERE {column.Name} IS NOT NULL", column.Key);
        }
    }

    /// <summary>A temporary table with the distinct objects of a field and a column per key; nested values stay JSON text.</summary>
    private static (string Name, string Key)[] TakeApart(DuckDBConnection connection, string field, string prefix)
    {
        Run(connection, $"CREATE TEMP TABLE distinct_{field} AS SELECT DISTINCT {field} AS text FROM raw WHERE json_type({field}) = 'OBJECT'");
        var keys = new List<string>();
        using (var command = connection.CreateCommand())
        {
            command.CommandText = $"SELECT DISTINCT key FROM (SELECT unnest(json_keys(text)) AS key FROM distinct_{field}) ORDER BY key LIMIT {MostProperties}";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                keys.Add(reader.GetString(0));
            }
        }

        var columns = keys.Select((key, index) => (Name: $"{prefix}{index}", Key: key)).ToArray();
        var structure = JsonSerializer.Serialize(keys.ToDictionary(key => key, _ => "VARCHAR"), Plain).Replace("'", "''", StringComparison.Ordinal);
        var source = keys.Count == 0 ? $"SELECT text FROM distinct_{field}" : $"""
            SELECT text{string.Concat(columns.Select(column => $", parts.{Quote(column.Key)} AS {column.Name}"))}
            FROM (SELECT text, json_transform(text, '{structure}') AS parts FROM distinct_{field})
            """;
        Run(connection, $"CREATE TEMP TABLE {field} AS {source}");
        return columns;
    }

    /// <summary>
    /// seq is the order of events for every "before" and "after"; equal times keep the order of the file.
    /// A user is new at the first event, unless the export says that the user existed before it.
    /// </summary>
    private static void Order(DuckDBConnection connection)
    {
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT coalesce(bool_and(ts >= ts_before AND line > line_before), true) FROM (SELECT ts, line, lag(ts) OVER () AS ts_before, lag(line) OVER () AS line_before FROM loaded)";
            if (!(bool)command.ExecuteScalar()!)
            {
                Run(connection, "CREATE TABLE sorted AS SELECT * FROM loaded ORDER BY ts, line");
                Run(connection, "DROP TABLE loaded");
                Run(connection, "ALTER TABLE sorted RENAME TO loaded");
            }
        }

        Run(connection, "ALTER TABLE loaded ADD COLUMN is_new BOOLEAN DEFAULT false");
        Run(connection, "UPDATE loaded SET is_new = true WHERE rowid IN (SELECT min(rowid) FROM loaded GROUP BY uid) AND (user_creation_time IS NULL OR user_creation_time >= ts)");
        Run(connection, "CREATE VIEW events AS SELECT rowid AS seq, * FROM loaded");
    }

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
