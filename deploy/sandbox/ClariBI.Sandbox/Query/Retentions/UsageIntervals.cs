using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Query.Retentions;

/// <summary>Users of one segment and group by the median number of intervals between those they returned in.</summary>
internal sealed record UsageResult(int SegmentIndex, string? Group, (double Interval, long Users)[] Values)
{
    public long Users => Values.Sum(value => value.Users);
}

/// <summary>
/// Looks at users with a start event inside the range, and at the intervals of their return events after the first one, up to now.
/// Whoever returned in fewer than two intervals is left out. Groups and segments look at that first start event.
/// </summary>
internal sealed class UsageIntervals(Workspace workspace, Project project)
{
    private readonly EventStore store = workspace.Events(project);

    public List<UsageResult> Run(RetentionQuery query, int groupLimit) =>
        [.. query.Segments.SelectMany((segment, index) => Run(query, segment, index).OrderByDescending(result => result.Users).ThenBy(result => result.Group, StringComparer.Ordinal).Take(groupLimit))];

    private IEnumerable<UsageResult> Run(RetentionQuery query, Segment segment, int segmentIndex)
    {
        var results = Read(query, segment).GroupBy(row => row.Group).Select(rows =>
            new UsageResult(segmentIndex, query.GroupBy.Length == 0 ? null : rows.Key, [.. rows.OrderBy(row => row.Interval).Select(row => (row.Interval, row.Users))]));
        return query.GroupBy.Length > 0 ? results : results.DefaultIfEmpty(new(segmentIndex, null, []));
    }

    private List<(string Group, double Interval, long Users)> Read(RetentionQuery query, Segment segment)
    {
        var range = query.Range;
        var sql = new Sql(store.Properties, project, range.Now);
        var text = $"""
            WITH s AS MATERIALIZED (
              SELECT uid, min(seq) AS seq, arg_min({sql.Labels(query.GroupBy)}, seq) AS label
              FROM events WHERE {sql.Between(range.Start, range.End)} AND {sql.Event(query.Start)} AND {sql.InSegment(segment, range)} GROUP BY uid),
            r AS (
              SELECT uid, {sql.Bucket(range, range.Start, range.Now)} AS bucket, max(seq) AS seq
              FROM events WHERE {sql.Between(range.Start, range.Now)} AND {Retention.AnyReturn(sql, query)} GROUP BY ALL),
            gaps AS (
              SELECT s.uid, s.label, {RetentionIntervals.Distance(range, "lag(r.bucket) OVER (PARTITION BY s.uid ORDER BY r.bucket)", "r.bucket")} AS gap
              FROM s JOIN r ON s.uid = r.uid AND r.seq > s.seq)
            SELECT label, middle, count(*) FROM (SELECT label, uid, median(gap)::DOUBLE AS middle FROM gaps GROUP BY ALL) WHERE middle IS NOT NULL GROUP BY ALL
            """;
        return store.Read(text, sql.Parameters, reader => (reader.GetString(0), reader.GetDouble(1), reader.GetInt64(2)));
    }
}
