using ClariBI.Connector.Data;

namespace ClariBI.Connector.DataSources.History;

/// <summary>The timeline of a data source: everything that happens to a connection leaves a line.</summary>
internal interface IDataSourceHistory
{
    /// <summary>
    /// Adds a line to the unit of work: it is saved together with the change that it tells of, and lost with it.
    /// </summary>
    /// <param name="title">What happened, without a full stop: “Renamed to Amplitude EU”.</param>
    /// <param name="detail">Why, or what to do, in sentences.</param>
    /// <param name="by">The name of who did it; null where ClariBI or the vendor did.</param>
    void Add(DataSource source, HistoryKind kind, string title, string? detail = null, string? by = null);
}

internal sealed class DataSourceHistory(ConnectorDbContext db, TimeProvider clock) : IDataSourceHistory
{
    public void Add(DataSource source, HistoryKind kind, string title, string? detail = null, string? by = null) =>
        db.History.Add(new HistoryEntry
        {
            WorkspaceId = source.WorkspaceId,
            DataSourceId = source.Id,
            At = clock.GetUtcNow(),
            Kind = kind,
            Title = Fit(title, HistoryModel.LongestTitle),
            Detail = detail is null ? null : Fit(detail, HistoryModel.LongestDetail),
            By = by is null ? null : Fit(by, HistoryModel.LongestName),
        });

    /// <summary>Fit for a column of this length: without NUL and without half a surrogate pair, both of which PostgreSQL refuses.</summary>
    internal static string Fit(string text, int longest)
    {
        var clean = text.Replace("\0", "", StringComparison.Ordinal);
        if (clean.Length <= longest)
        {
            return clean;
        }

        var end = char.IsHighSurrogate(clean[longest - 2]) ? longest - 2 : longest - 1;
        return string.Concat(clean.AsSpan(0, end), "…");
    }
}
