using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Query.Stickiness;

/// <summary>For each interval, users by the number of its days on which they did the event: index 0 is one day.</summary>
internal sealed record StickinessResult(int SegmentIndex, int EventIndex, string? Group, Dictionary<DateTime, long[]> Intervals)
{
    public long Users => Intervals.Values.Sum(users => users.Sum());
}

internal sealed class StickyDays(Workspace workspace, Project project)
{
    private readonly EventStore store = workspace.Events(project);

    public List<StickinessResult> Run(StickinessQuery query, int groupLimit) =>
    [
        .. query.Segments.SelectMany((segment, index) => query.Events.SelectMany((item, eventIndex) =>
            Run(query, segment, item, index, eventIndex).OrderByDescending(result => result.Users).ThenBy(result => result.Group, StringComparer.Ordinal).Take(groupLimit))),
    ];

    private IEnumerable<StickinessResult> Run(StickinessQuery query, Segment segment, EventRef item, int segmentIndex, int eventIndex)
    {
        var results = Read(query, segment, item).GroupBy(row => row.Group).Select(rows =>
        {
            var intervals = new Dictionary<DateTime, long[]>();
            foreach (var row in rows)
            {
                (intervals.TryGetValue(row.Bucket, out var users) ? users : intervals[row.Bucket] = new long[query.Days])[row.Days - 1] = row.Users;
            }

            return new StickinessResult(segmentIndex, eventIndex, query.GroupBy.Length == 0 ? null : rows.Key, intervals);
        });
        return query.GroupBy.Length > 0 ? results : results.DefaultIfEmpty(new(segmentIndex, eventIndex, null, []));
    }

    private List<(string Group, DateTime Bucket, int Days, long Users)> Read(StickinessQuery query, Segment segment, EventRef item)
    {
        var range = query.Range;
        var sql = new Sql(store.Properties, project, range.Now);
        var text = $"""
            SELECT label, bucket, days::INTEGER, count(*) FROM (
              SELECT label, bucket, uid, count(DISTINCT day) AS days FROM (
                SELECT uid, {sql.Bucket(range)} AS bucket, {Sql.Truncate(range, Interval.Day, sql.LocalTime(range))} AS day, {sql.Labels(query.GroupBy)} AS label
                FROM events WHERE {sql.Between(range.Start, range.End)} AND {sql.Event(item)} AND {sql.InSegment(segment, range)})
              GROUP BY ALL)
            GROUP BY ALL
            """;
        return store.Read(text, sql.Parameters, reader => (reader.GetString(0), reader.GetDateTime(1), reader.GetInt32(2), reader.GetInt64(3)));
    }
}
