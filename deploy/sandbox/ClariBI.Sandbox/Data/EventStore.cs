using DuckDB.NET.Data;

namespace ClariBI.Sandbox.Data;

/// <summary>The events of a project, loaded into a DuckDB file and opened for reading only.</summary>
internal sealed class EventStore : IDisposable
{
    private readonly string source;
    private readonly DuckDBConnection keepOpen;

    private EventStore(string cache, long skipped)
    {
        source = DuckDb.Reading(cache);
        keepOpen = new(source);
        keepOpen.Open();
        Properties = PropertyCatalogue.Read(keepOpen);
        Count = Read("SELECT count(*) FROM events", [], reader => reader.GetInt64(0))[0];
        Skipped = skipped;
    }

    public PropertyCatalogue Properties { get; }

    public long Count { get; }

    /// <summary>Lines that are no event.</summary>
    public long Skipped { get; }

    public static EventStore Open(EventSource source, string cacheFolder)
    {
        var cache = Path.Combine(cacheFolder, source.CacheName);
        return new(cache, EventLoading.Refresh(source, cache));
    }

    public List<T> Read<T>(string sql, IReadOnlyList<object> parameters, Func<DuckDBDataReader, T> read)
    {
        using var connection = new DuckDBConnection(source);
        connection.Open();
        return connection.Query(sql, read, parameters);
    }

    public void Dispose() => keepOpen.Dispose();
}
