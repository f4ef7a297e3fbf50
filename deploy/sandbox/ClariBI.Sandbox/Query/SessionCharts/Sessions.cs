using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Query.SessionCharts;

/// <summary>A session belongs to the interval it starts in; events outside of sessions (session -1) are left out.</summary>
internal sealed class Sessions(Workspace workspace, Project project)
{
    private readonly EventStore store = workspace.Events(project);

    public List<Series> Run(SessionsQuery query) => [.. query.Segments.SelectMany(segment => Run(query, segment))];

    private IEnumerable<Series> Run(SessionsQuery query, Segment segment)
    {
        var range = query.Range;
        var sql = new Sql(store.Properties, project, range.Now);
        var labels = string.Concat(query.GroupBy.Select((key, index) => $", arg_min({sql.Label(key)}, seq) AS g{index}"));
        var names = string.Concat(query.GroupBy.Select((_, index) => $"g{index}, "));
        var measure = query.Measure switch
        {
            SessionMeasure.Total => "count(*)",
            SessionMeasure.PerUser => "count(*) / count(DISTINCT uid)",
            _ => "avg(length)",
        };
        var text = $"""
            SELECT {names}bucket, {measure} FROM (
              SELECT uid, length, {sql.Bucket(range)} AS bucket, {names} 1
              FROM (SELECT uid, min(ts) AS ts, epoch(max(ts) - min(ts)) AS length{labels} FROM events WHERE session_id > 0 AND {sql.InSegment(segment)} GROUP BY uid, session_id)
              WHERE {sql.Between(range.Start, range.End)} AND {sql.Performed(segment, range, sql.Bucket(range))})
            GROUP BY GROUPING SETS (({names}bucket), ({(names.Length == 0 ? "" : names[..^2])}))
            """;
        return SeriesReading.Read(store, text, sql, segment, range, query.GroupBy.Length);
    }
}
