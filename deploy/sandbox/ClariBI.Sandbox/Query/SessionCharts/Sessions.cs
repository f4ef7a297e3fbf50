using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Query.SessionCharts;

/// <summary>
/// A session is made up of the events that fit the segment and the entry. It belongs to the interval and the groups of the first of
/// them; events outside of sessions (session -1) are left out.
/// </summary>
internal sealed class Sessions(Workspace workspace, Project project)
{
    private readonly EventStore store = workspace.Events(project);

    public List<Series> Run(SessionsQuery query) => [.. query.Segments.SelectMany((segment, segmentIndex) => query.Entries.SelectMany((entry, index) => Run(query, segment, entry).Select(series => series with
    {
        Event = query.Entries.Length > 1 ? $"Sessions {(char)('A' + index)}" : null,
        Place = (segmentIndex * query.Entries.Length) + index,
        SegmentIndex = segmentIndex,
    })))];

    private IEnumerable<Series> Run(SessionsQuery query, Segment segment, EventRef entry)
    {
        var range = query.Range;
        var sql = new Sql(store.Properties, project, range.Now);
        var labels = string.Concat(query.GroupBy.Select((key, index) => $", arg_min({sql.Label(key)}, seq) AS g{index}"));
        string[] names = [.. query.GroupBy.Select((_, index) => $"g{index}"), .. SessionMeasures.Label(query.Measure) is null ? Array.Empty<string>() : ["bin"]];
        var bin = SessionMeasures.Label(query.Measure) is { } label ? $", {label.Expression} AS bin" : "";
        var text = $"""
            SELECT {string.Concat(names.Select(name => $"{name}, "))}bucket, {SessionMeasures.Expression(query.Measure)} FROM (
              SELECT *, {sql.Bucket(range)} AS bucket{bin} FROM (
                SELECT uid, min(ts) AS ts, epoch(max(ts) - min(ts)) AS length, count(*) AS events{labels}
                FROM events WHERE session_id > 0 AND {sql.UntilNow} AND {sql.Event(entry)} AND {sql.InSegment(segment)} GROUP BY uid, session_id)
              WHERE {sql.Between(range.Start, range.End)} AND {sql.Performed(segment, range)})
            GROUP BY GROUPING SETS (({string.Concat(names.Select(name => $"{name}, "))}bucket), ({string.Join(", ", names)}))
            """;
        return SeriesReading.Read(store, text, sql, segment, range, new(names.Length));
    }
}
