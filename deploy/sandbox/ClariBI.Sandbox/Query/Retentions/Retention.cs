using System.Globalization;
using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Query.Retentions;

/// <summary>Cohorts by interval of the start event; for each, its size and how many came back in column 0, 1, 2 …</summary>
internal sealed record RetentionResult(int SegmentIndex, string? Group, SortedDictionary<DateTime, (long Size, long[] Returned)> Cohorts)
{
    public long Size => Cohorts.Values.Sum(cohort => cohort.Size);
}

/// <summary>
/// Calendar intervals of the zone. A return event counts only after the start event. Columns of n-day and rolling retention are
/// intervals since the start's; those of bracket retention are the brackets. Groups look at the start event.
/// </summary>
internal sealed class Retention(Workspace workspace, Project project)
{
    private const int MostColumns = 400;
    private readonly EventStore store = workspace.Events(project);

    public List<RetentionResult> Run(RetentionQuery query, int groupLimit) =>
        [.. query.Segments.SelectMany((segment, index) => Run(query, segment, index).OrderByDescending(result => result.Size).ThenBy(result => result.Group, StringComparer.Ordinal).Take(groupLimit))];

    public static int Columns(RetentionQuery query, DateTime cohort) =>
        query.Method == RetentionMethod.Bracket ? query.Brackets.Length : Math.Min(MostColumns, Distance(query, cohort, query.Range.Floor(query.Range.LocalNow)) + 1);

    public static bool IsIncomplete(RetentionQuery query, DateTime cohort, int column)
    {
        var until = query.Method == RetentionMethod.Bracket ? query.Brackets[column].Until : column + 1;
        return DateRange.Next(cohort, query.Range.Interval, until) > query.Range.LocalNow;
    }

    private static int Distance(RetentionQuery query, DateTime from, DateTime to) => query.Range.Interval switch
    {
        Interval.Day => (int)(to - from).TotalDays,
        Interval.Week => (int)(to - from).TotalDays / 7,
        Interval.Month => ((to.Year - from.Year) * 12) + to.Month - from.Month,
        _ => throw new Mcp.ToolErrorException("interval: retention takes day, week or month"),
    };

    private Dictionary<string, RetentionResult>.ValueCollection Run(RetentionQuery query, Segment segment, int segmentIndex)
    {
        var results = new Dictionary<string, RetentionResult>();
        if (query.GroupBy.Length == 0)
        {
            results[""] = new(segmentIndex, null, Empty(query));
        }

        foreach (var (group, cohort, distance, count) in Read(query, segment))
        {
            if (!results.TryGetValue(group, out var result))
            {
                result = results[group] = new(segmentIndex, group, Empty(query));
            }

            var (size, returned) = result.Cohorts[cohort];
            if (distance < 0)
            {
                result.Cohorts[cohort] = (size + count, returned);
            }
            else
            {
                Add(query, returned, distance, count);
            }
        }

        return results.Values;
    }

    private static void Add(RetentionQuery query, long[] returned, int distance, long count)
    {
        // Rolling rows carry the last return: whoever came back on day 9 counts for days 0 to 9.
        for (var column = query.Method == RetentionMethod.Rolling ? 0 : distance; column <= distance && column < returned.Length; column++)
        {
            returned[column] += count;
        }
    }

    private static SortedDictionary<DateTime, (long Size, long[] Returned)> Empty(RetentionQuery query) =>
        new(query.Range.Buckets.ToDictionary(bucket => bucket, bucket => (0L, new long[Columns(query, bucket)])));

    /// <summary>Rows of group, cohort, distance and users; distance -1 stands for the size of the cohort.</summary>
    private List<(string Group, DateTime Cohort, int Distance, long Count)> Read(RetentionQuery query, Segment segment)
    {
        var range = query.Range;
        var sql = new Sql(store.Properties, project, range.Now);
        var label = query.GroupBy.Length == 0 ? "''" : string.Join(" || '; ' || ", query.GroupBy.Select(sql.Label));
        var starts = $"""
            SELECT uid, bucket, min(seq) AS seq, arg_min(label, seq) AS label FROM (
              SELECT uid, seq, {sql.Bucket(range)} AS bucket, {label} AS label
              FROM events WHERE {sql.Between(range.Start, range.End)} AND {sql.Event(query.Start)} AND {sql.InSegment(segment, range)})
            GROUP BY uid, bucket
            """;
        var returns = $"""
            SELECT uid, {sql.Bucket(range, range.Start, range.Now)} AS bucket, max(seq) AS seq
            FROM events WHERE {sql.Between(range.Start, range.Now)} AND ({string.Join(" OR ", query.Returns.Select(item => $"({sql.Event(item)})"))})
            GROUP BY ALL
            """;
        var unit = range.Interval == Interval.Week ? "date_diff('day', s.bucket, r.bucket) // 7" : $"date_diff('{range.Unit}', s.bucket, r.bucket)";
        var joined = $"SELECT s.uid, s.label, s.bucket, {unit} AS distance FROM s JOIN r ON s.uid = r.uid AND r.bucket >= s.bucket AND r.seq > s.seq";
        var returned = query.Method switch
        {
            RetentionMethod.Rolling => $"SELECT label, bucket, last_return, count(*) FROM (SELECT label, bucket, uid, max(distance) AS last_return FROM ({joined}) GROUP BY ALL) GROUP BY ALL",
            RetentionMethod.NDay => $"SELECT label, bucket, distance, count(*) FROM ({joined}) GROUP BY ALL",
            _ => string.Join(" UNION ALL ", query.Brackets.Select((bracket, index) => string.Create(CultureInfo.InvariantCulture,
                $"SELECT label, bucket, {index}, count(DISTINCT uid) FROM ({joined}) WHERE distance >= {bracket.From} AND distance < {bracket.Until} GROUP BY ALL"))),
        };
        return store.Read($"WITH s AS MATERIALIZED ({starts}), r AS MATERIALIZED ({returns}) SELECT label, bucket, -1, count(*) FROM s GROUP BY ALL UNION ALL {returned}", sql.Parameters,
            reader => (reader.GetString(0), reader.GetDateTime(1), Convert.ToInt32(reader.GetValue(2), CultureInfo.InvariantCulture), reader.GetInt64(3)));
    }
}
