using ClariBI.Connector.Data;
using ClariBI.ServiceDefaults.Texts;
using Microsoft.EntityFrameworkCore;

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

    /// <summary>Like <see cref="Add"/>, for what happens often: one line per key, with a count.</summary>
    Task CountAsync(DataSource source, CountedLine line, CancellationToken cancellationToken);
}

/// <param name="Key">What belongs together, for example a kind and a day.</param>
/// <param name="Title">The title for a count.</param>
/// <param name="Mark">A number that grows with every event of the key: one that is heard twice counts once. Null: every time counts.</param>
internal sealed record CountedLine(HistoryKind Kind, string Key, Func<int, string> Title, string? Detail = null, int? Mark = null);

internal sealed class DataSourceHistory(ConnectorDbContext db, TimeProvider clock) : IDataSourceHistory
{
    public void Add(DataSource source, HistoryKind kind, string title, string? detail = null, string? by = null) =>
        db.History.Add(Line(source, kind, title, detail, by));

    public async Task CountAsync(DataSource source, CountedLine line, CancellationToken cancellationToken)
    {
        var known = await db.History.SingleOrDefaultAsync(row => row.DataSourceId == source.Id && row.CollapseKey == line.Key, cancellationToken);
        if (known is null)
        {
            db.History.Add(Line(source, line.Kind, line.Title(1), line.Detail, by: null, line.Key, line.Mark));
            return;
        }

        if (line.Mark is { } mark && mark <= known.Mark)
        {
            return;
        }

        known.Count++;
        (known.At, known.Mark) = (clock.GetUtcNow(), line.Mark);
        known.Title = StoredText.Shorten(line.Title(known.Count), HistoryModel.LongestTitle);
        known.Detail = line.Detail is null ? null : StoredText.Shorten(line.Detail, HistoryModel.LongestDetail);
    }

    private HistoryEntry Line(
        DataSource source, HistoryKind kind, string title, string? detail, string? by, string? key = null, int? mark = null)
    {
        return new HistoryEntry
        {
            WorkspaceId = source.WorkspaceId,
            DataSourceId = source.Id,
            At = clock.GetUtcNow(),
            Kind = kind,
            Title = StoredText.Shorten(title, HistoryModel.LongestTitle),
            Detail = detail is null ? null : StoredText.Shorten(detail, HistoryModel.LongestDetail),
            By = by is null ? null : StoredText.Shorten(by, HistoryModel.LongestName),
            CollapseKey = key,
            Mark = mark,
        };
    }
}
