using System.Globalization;
using DuckDB.NET.Data;

namespace ClariBI.Sandbox.Data;

/// <summary>Turns Amplitude export files into a table with a column per property, ordered by time.</summary>
internal static class EventLoading
{
    private const int LayoutVersion = 4;

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
            // DuckDB skips a byte-order mark in lists of files, but not in a single one; an empty companion makes it a list.
            File.WriteAllText(cache + ".empty.jsonl", "");
            skipped = Load(connection, [.. source.Files, cache + ".empty.jsonl"]);
            File.Delete(cache + ".empty.jsonl");
        }
        catch (DuckDBException problem) when (problem.Message.Contains("GZIP", StringComparison.OrdinalIgnoreCase))
        {
            throw new DataFolderException($"{source.Name} is not a readable gzip file: {problem.Message}");
        }

        File.WriteAllLines(stampPath, [stamp, skipped.ToString(CultureInfo.InvariantCulture)]);
        return skipped;
    }

    /// <summary>Reads the files twice, once for the shapes of the property objects and once for the columns that these need: cheaper than keeping a million objects as text in between.</summary>
    private static long Load(DuckDBConnection connection, string[] files)
    {
        var (events, users) = (new PropertyColumns("event", "e"), new PropertyColumns("user", "u"));
        var lines = FindShapes(connection, files, events, users);

        // Trying these on every column costs a fifth of the time and saves no space.
        connection.Run("SET disabled_compression_methods = 'fsst,zstd,dict_fsst'");
        connection.Run(Loaded(files, events, users));
        var kept = connection.Query("SELECT count(*) FROM loaded", reader => reader.GetInt64(0))[0];
        Order(connection);
        connection.Run("CREATE TABLE properties (scope VARCHAR, name VARCHAR, column_name VARCHAR, is_numeric BOOLEAN)");
        foreach (var registration in new[] { events.Registration(), users.Registration() }.OfType<string>())
        {
            connection.Run(registration);
        }

        RegisterBuiltIn(connection);
        return lines - kept;
    }

    /// <returns>How many lines there are.</returns>
    private static long FindShapes(DuckDBConnection connection, string[] files, PropertyColumns events, PropertyColumns users)
    {
        var lines = 0L;
        var rows = connection.Query($"""
            SELECT event_shape, user_shape, count(*), grouping(event_shape), grouping(user_shape)
            FROM (SELECT {events.Shape} AS event_shape, {users.Shape} AS user_shape FROM {Reader(files, ["event_properties", "user_properties"], [])})
            GROUP BY GROUPING SETS ((event_shape), (user_shape), ())
            """, reader => (Event: Text(reader, 0), User: Text(reader, 1), Count: reader.GetInt64(2), OfEvents: reader.GetInt64(3) == 0, OfUsers: reader.GetInt64(4) == 0));
        foreach (var row in rows)
        {
            if (row.Event is { } eventShape)
            {
                events.AddShape(eventShape, row.Count);
            }
            else if (row.User is { } userShape)
            {
                users.AddShape(userShape, row.Count);
            }
            else if (!row.OfEvents && !row.OfUsers)
            {
                lines = row.Count;
            }
        }

        events.Choose();
        users.Choose();
        return lines;
    }

    private static string? Text(DuckDBDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);

    /// <summary>A row per line that is an event, in the order of the files. Broken JSON, no type, no readable time or nobody to tie it to make a line that is none.</summary>
    private static string Loaded(string[] files, PropertyColumns events, PropertyColumns users) => $"""
        CREATE TABLE loaded AS
        SELECT event_type, ts, coalesce(TRY_CAST(amplitude_id AS BIGINT), (hash(identity) >> 1)::BIGINT) AS uid,
          session_id, user_id, device_id, country, platform, version_name, device_type, language, city, region, dma, device_carrier, device_family, start_version, paying, ip_address,
          nullif(concat_ws(' ', os_name, os_version), '') AS os, user_creation_time{events.Selection}{users.Selection}
        FROM (
          SELECT event_type, TRY_CAST(event_time AS TIMESTAMP) AS ts, amplitude_id, coalesce(nullif(amplitude_id, ''), nullif(user_id, ''), nullif(device_id, '')) AS identity, TRY_CAST(session_id AS BIGINT) AS session_id, {string.Join(", ", TextFields.Select(field => $"nullif({field}, '') AS {field}"))},
            TRY_CAST(user_creation_time AS TIMESTAMP) AS user_creation_time, {events.Parts} AS {events.PartsName}, {users.Parts} AS {users.PartsName}
          FROM {Reader(files, ["event_properties", "user_properties"], ["event_type", "event_time", "amplitude_id", "session_id", "user_creation_time", .. TextFields])})
        WHERE event_type <> '' AND ts IS NOT NULL AND identity IS NOT NULL
        """;

    private static string Reader(string[] files, string[] json, string[] texts)
    {
        var paths = string.Join(", ", files.Select(file => "'" + file.Replace("'", "''", StringComparison.Ordinal) + "'"));
        var columns = string.Join(", ", json.Select(field => $"{field}: 'JSON'").Concat(texts.Select(field => $"{field}: 'VARCHAR'")));
        return $"read_json([{paths}], format = 'newline_delimited', ignore_errors = true, columns = {{{columns}}})";
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
    /// seq is the order of events for every "before" and "after"; equal times keep the order of the file. Only a file out of order has it written down: sorting the rows themselves takes as long as reading them.
    /// A user is new at the first event, unless the export says that the user existed before it.
    /// </summary>
    private static void Order(DuckDBConnection connection)
    {
        var inOrder = connection.Query("SELECT coalesce(bool_and(ts >= ts_before), true) FROM (SELECT ts, lag(ts) OVER () AS ts_before FROM loaded)", reader => reader.GetBoolean(0))[0];
        if (!inOrder)
        {
            connection.Run("ALTER TABLE loaded ADD COLUMN place BIGINT");
            connection.Run("UPDATE loaded SET place = sorted.place FROM (SELECT rowid AS row, row_number() OVER (ORDER BY ts, rowid) AS place FROM loaded) AS sorted WHERE loaded.rowid = sorted.row");
        }

        var seq = inOrder ? "rowid" : "place";
        connection.Run("ALTER TABLE loaded ADD COLUMN is_new BOOLEAN DEFAULT false");
        connection.Run($"UPDATE loaded SET is_new = true WHERE rowid IN (SELECT arg_min(rowid, {seq}) FROM loaded GROUP BY uid) AND (user_creation_time IS NULL OR user_creation_time >= ts)");
        connection.Run($"CREATE VIEW events AS SELECT {seq} AS seq, * FROM loaded");
    }
}
