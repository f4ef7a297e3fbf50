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
    public const int ValuesPerCell = 5;
    private const int MostColumns = 400;
    private readonly EventStore store = workspace.Events(project);

    public List<RetentionResult> Run(RetentionQuery query, int groupLimit) =>
        [.. query.Segments.SelectMany((segment, index) => Run(query, segment, index, groupLimit).OrderByDescending(result => result.Size).ThenBy(result => result.Group, StringComparer.Ordinal))];

    /// <summary>How many cells a result has.</summary>
    public static long Cells(RetentionQuery query) => query.Range.Buckets.Sum(cohort => (long)Columns(query, cohort));

    public static int Columns(RetentionQuery query, DateTime cohort) =>
        query.Method == RetentionMethod.Bracket ? query.Brackets.Length : Math.Clamp(RetentionIntervals.Distance(query.Range, cohort, query.Range.Floor(query.Range.LocalNow)) + 1, 0, MostColumns);

    public static bool IsIncomplete(RetentionQuery query, DateTime cohort, int column)
    {
        var until = query.Method == RetentionMethod.Bracket ? query.Brackets[column].Until : column + 1;
        return DateRange.Next(cohort, query.Range.Interval, until) > query.Range.LocalNow;
    }

    public static string AnyReturn(Sql sql, RetentionQuery query) => $"({string.Join(" OR ", query.Returns.Select(item => $"({sql.Event(item)})"))})";

    private Dictionary<string, RetentionResult>.ValueCollection Run(RetentionQuery query, Segment segment, int segmentIndex, int groupLimit)
    {
        var rows = Read(query, segment, groupLimit);
        ReplySize.Check(ValuesPerCell * Cells(query) * rows.Select(row => row.Group).Distinct().Count());
        var results = new Dictionary<string, RetentionResult>();
        if (query.GroupBy.Length == 0)
        {
            results[""] = new(segmentIndex, null, Empty(query));
        }

        foreach (var (group, cohort, distance, count) in rows)
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

    /// <summary>Rows of rolling retention carry the last return, which counts for all columns up to it; those of n-day or before the first, which counts from it on.</summary>
    private static void Add(RetentionQuery query, long[] returned, int distance, long count)
    {
        var from = query.Method == RetentionMethod.Rolling ? 0 : distance;
        var last = query.Method == RetentionMethod.NDayOrBefore ? returned.Length - 1 : Math.Min(distance, returned.Length - 1);
        for (var column = from; column <= last; column++)
        {
            returned[column] += count;
        }
    }

    private static SortedDictionary<DateTime, (long Size, long[] Returned)> Empty(RetentionQuery query) =>
        new(query.Range.Buckets.ToDictionary(bucket => bucket, bucket => (0L, new long[Columns(query, bucket)])));

    /// <summary>Rows of group, cohort, distance and users; distance -1 stands for the size of the cohort.</summary>
    private List<(string Group, DateTime Cohort, int Distance, long Count)> Read(RetentionQuery query, Segment segment, int groupLimit)
    {
        var range = query.Range;
        var sql = new Sql(store.Properties, project, range.Now);
        var starts = $"""
            SELECT uid, bucket, min(seq) AS seq, arg_min(label, seq) AS label FROM (
              SELECT uid, seq, {sql.Bucket(range)} AS bucket, {sql.Labels(query.GroupBy)} AS label
              FROM events WHERE {sql.Between(range.Start, range.End)} AND {sql.Event(query.Start)} AND {sql.InSegment(segment, range)})
            GROUP BY uid, bucket
            """;
        var returns = $"""
            SELECT uid, {sql.Bucket(range, range.Start, range.Now)} AS bucket, max(seq) AS seq
            FROM events WHERE {sql.Between(range.Start, range.Now)} AND {AnyReturn(sql, query)}
            GROUP BY ALL
            """;
        var joined = $"SELECT s.uid, s.label, s.bucket, {RetentionIntervals.Distance(range, "s.bucket", "r.bucket")} AS distance FROM s JOIN r ON s.uid = r.uid AND r.bucket >= s.bucket AND r.seq > s.seq";
        var returned = query.Method switch
        {
            RetentionMethod.Rolling => OfUsers("max", joined),
            RetentionMethod.NDayOrBefore => OfUsers("min", joined),
            RetentionMethod.NDay => $"SELECT label, bucket, distance, count(*) FROM ({joined}) GROUP BY ALL",
            _ => string.Join(" UNION ALL ", query.Brackets.Select((bracket, index) => string.Create(CultureInfo.InvariantCulture,
                $"SELECT label, bucket, {index}, count(DISTINCT uid) FROM ({joined}) WHERE distance >= {bracket.From} AND distance < {bracket.Until} GROUP BY ALL"))),
        };
        var text = $"""
            WITH started AS MATERIALIZED ({starts}), top AS (SELECT label FROM started GROUP BY label ORDER BY count(*) DESC, label LIMIT {sql.Value(groupLimit)}),
              s AS MATERIALIZED (SELECT * FROM started WHERE label IN (SELECT label FROM top)), r AS MATERIALIZED ({returns})
            SELECT label, bucket, -1, count(*) FROM s GROUP BY ALL UNION ALL {returned}
            """;
        return store.Read(text, sql.Parameters,
            reader => (reader.GetString(0), reader.GetDateTime(1), Convert.ToInt32(reader.GetValue(2), CultureInfo.InvariantCulture), reader.GetInt64(3)));
    }

    private static string OfUsers(string which, string joined) =>
        $"SELECT label, bucket, reached, count(*) FROM (SELECT label, bucket, uid, {which}(distance) AS reached FROM ({joined}) GROUP BY ALL) GROUP BY ALL";
}
