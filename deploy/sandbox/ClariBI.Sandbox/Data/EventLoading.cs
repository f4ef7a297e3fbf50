using System.Globalization;
using DuckDB.NET.Data;

namespace ClariBI.Sandbox.Data;

/// <summary>Turns Amplitude export files into a table with a column per property, ordered by time.</summary>
internal static class EventLoading
{
    private const int LayoutVersion = 3;

    /// <summary>
    /// Every field that is read, as text: exports differ in how they write ids and flags. Fields not named here, such as groups and client times, are left alone.
    /// Amplitude drops repeated $insert_ids as events arrive, so an export has none and none are looked for.
    /// </summary>
    private static readonly string[] TextFields =
    [
        "user_id", "device_id", "country", "platform", "version_name", "device_type", "language", "city", "region", "dma", "device_carrier", "device_family", "start_version", "paying", "ip_address", "os_name", "os_version",
    ];

    /// <summary>Rebuilds the cache unless it was made from exactly these files.</summary>
    /// <returns>How many lines were left out, now or when the cache was made.</returns>
    public static long Refresh(EventSource source, string cache)
    {
        var stamp = string.Create(CultureInfo.InvariantCulture, $"{LayoutVersion}/{source.Stamp}");
        var stampPath = cache + ".stamp";
        if (File.Exists(cache) && File.Exists(stampPath) && File.ReadAllLines(stampPath) is [var known, var skippedThen] && known == stamp)
        {
            return long.Parse(skippedThen, CultureInfo.InvariantCulture);
        }

        File.Delete(stampPath);
        File.Delete(cache);
        File.Delete(cache + ".wal");
        using var connection = new DuckDBConnection(DuckDb.Writing(cache));
        connection.Open();
        long skipped;
        try
        {
            skipped = Load(connection, source);
        }
        catch (DuckDBException problem) when (problem.Message.Contains("GZIP", StringComparison.OrdinalIgnoreCase))
        {
            throw new DataFolderException($"{source.Name} is not a readable gzip file: {problem.Message}");
        }

        File.WriteAllLines(stampPath, [stamp, skipped.ToString(CultureInfo.InvariantCulture)]);
        return skipped;
    }

    private static long Load(DuckDBConnection connection, EventSource source)
    {
        connection.Run(Raw(source));
        var skipped = connection.Query("SELECT count(*) FROM raw WHERE uid IS NULL", reader => reader.GetInt64(0))[0];
        var (events, users) = (new PropertyColumns(connection, "event", "e"), new PropertyColumns(connection, "user", "u"));
        events.TakeApart();
        users.TakeApart();
        string[] columns = [.. events.Columns.Concat(users.Columns).Select(column => column.Column)];

        // One thread keeps a join's rows in the order of the file, which is cheaper than sorting them again.
        connection.Run("SET threads = 1");
        connection.Run($"""
            CREATE TABLE loaded AS
            SELECT raw.rowid AS line, raw.* EXCLUDE (event_properties, user_properties){string.Concat(columns.Select(column => $", {column}"))}
            FROM raw LEFT JOIN event_properties AS e ON raw.event_properties = e.text LEFT JOIN user_properties AS u ON raw.user_properties = u.text
            WHERE uid IS NOT NULL
            """);
        connection.Run("RESET threads");
        connection.Run("DROP TABLE raw");
        Order(connection);
        connection.Run("CREATE TABLE properties (scope VARCHAR, name VARCHAR, column_name VARCHAR, is_numeric BOOLEAN)");
        events.Register();
        users.Register();
        RegisterBuiltIn(connection);
        return skipped;
    }

    /// <summary>A row per line. Lines that are no event (broken JSON, no type, no readable time, nobody to tie it to) have no uid.</summary>
    private static string Raw(EventSource source)
    {
        var files = string.Join(", ", source.Files.Select(file => "'" + file.Replace("'", "''", StringComparison.Ordinal) + "'"));
        return $$"""
            CREATE TEMP TABLE raw AS
            SELECT event_type, ts,
              CASE WHEN event_type <> '' AND ts IS NOT NULL AND identity IS NOT NULL THEN coalesce(TRY_CAST(amplitude_id AS BIGINT), (hash(identity) >> 1)::BIGINT) END AS uid,
              session_id, user_id, device_id, country, platform, version_name, device_type, language, city, region, dma, device_carrier, device_family, start_version, paying, ip_address,
              nullif(concat_ws(' ', os_name, os_version), '') AS os, user_creation_time, event_properties, user_properties
            FROM (
              SELECT event_type, TRY_CAST(event_time AS TIMESTAMP) AS ts, amplitude_id, coalesce(nullif(amplitude_id, ''), nullif(user_id, ''), nullif(device_id, '')) AS identity, TRY_CAST(session_id AS BIGINT) AS session_id, {{string.Join(", ", TextFields.Select(field => $"nullif({field}, '') AS {field}"))}},
                TRY_CAST(user_creation_time AS TIMESTAMP) AS user_creation_time, event_properties, user_properties
              FROM read_json([{{files}}], format = 'newline_delimited', ignore_errors = true, columns = {
                event_type: 'VARCHAR', event_time: 'VARCHAR', amplitude_id: 'VARCHAR', session_id: 'VARCHAR', user_creation_time: 'VARCHAR', event_properties: 'JSON', user_properties: 'JSON',
                {{string.Join(", ", TextFields.Select(field => $"{field}: 'VARCHAR'"))}}}))
            """;
    }

    /// <summary>Of the fields that are properties of their own, those that some event has.</summary>
    private static void RegisterBuiltIn(DuckDBConnection connection)
    {
        var counts = string.Join(", ", PropertyCatalogue.BuiltIn.Select(property => $"count({property.Column})"));
        var found = connection.Query($"SELECT [{counts}] FROM loaded", reader => reader.GetFieldValue<List<long>>(0))[0];
        var names = string.Join(", ", PropertyCatalogue.BuiltIn.Where((_, index) => found[index] > 0).Select(property => $"'{property.Name}'"));
        connection.Run($"CREATE TABLE built_in AS SELECT unnest([{names}]::VARCHAR[]) AS name");
    }

    /// <summary>
    /// seq is the order of events for every "before" and "after"; equal times keep the order of the file.
    /// A user is new at the first event, unless the export says that the user existed before it.
    /// </summary>
    private static void Order(DuckDBConnection connection)
    {
        var inOrder = connection.Query("SELECT coalesce(bool_and(ts >= ts_before AND line > line_before), true) FROM (SELECT ts, line, lag(ts) OVER () AS ts_before, lag(line) OVER () AS line_before FROM loaded)", reader => reader.GetBoolean(0))[0];
        if (!inOrder)
        {
            connection.Run("CREATE TABLE sorted AS SELECT * FROM loaded ORDER BY ts, line");
            connection.Run("DROP TABLE loaded");
            connection.Run("ALTER TABLE sorted RENAME TO loaded");
        }

        connection.Run("ALTER TABLE loaded ADD COLUMN is_new BOOLEAN DEFAULT false");
        connection.Run("UPDATE loaded SET is_new = true WHERE rowid IN (SELECT min(rowid) FROM loaded GROUP BY uid) AND (user_creation_time IS NULL OR user_creation_time >= ts)");
        connection.Run("CREATE VIEW events AS SELECT rowid AS seq, * FROM loaded");
    }
}
