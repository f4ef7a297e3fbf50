using DuckDB.NET.Data;

namespace ClariBI.Sandbox.Data;

/// <summary>One event file, loaded into a DuckDB file beside it and opened for reading only.</summary>
internal sealed class EventStore : IDisposable
{
    private readonly string source;
    private readonly DuckDBConnection keepOpen;

    private EventStore(string source)
    {
        this.source = source;
        keepOpen = new(source);
        keepOpen.Open();
        Properties = PropertyCatalogue.Read(keepOpen);
        Count = Read("SELECT count(*) FROM events", [], reader => reader.GetInt64(0))[0];
    }

    public PropertyCatalogue Properties { get; }

    public long Count { get; }

    public static EventStore Open(string folder, string eventFile)
    {
        var path = Path.GetFullPath(Path.Combine(folder, eventFile));
        if (!path.StartsWith(Path.GetFullPath(folder), StringComparison.Ordinal) || !File.Exists(path))
        {
            throw new FileNotFoundException($"org.json names the event file {eventFile}, which is not in {folder}.");
        }

        var cache = Path.Combine(folder, ".cache", Path.GetFileName(eventFile) + ".duckdb");
        EventLoading.Refresh(path, cache);
        return new($"Data Source={cache};ACCESS_MODE=READ_ONLY");
    }

    public List<T> Read<T>(string sql, IReadOnlyList<object> parameters, Func<DuckDBDataReader, T> read)
    {
        using var connection = new DuckDBConnection(source);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in parameters)
        {
            command.Parameters.Add(new DuckDBParameter(value));
        }

        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public void Dispose() => keepOpen.Dispose();
}
