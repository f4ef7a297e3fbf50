using System.Globalization;
using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Query.RevenueLtv;

/// <summary>The new users of an interval: how many, how many of them paid so far and how much, and the same for the first days of each.</summary>
internal sealed record RevenueCohort(long Users, long Payers, double Revenue, long[] EarlyPayers, double[] EarlyRevenue);

internal sealed record RevenueLtvResult(int SegmentIndex, string? Group, Dictionary<DateTime, RevenueCohort> Cohorts)
{
    public long Users => Cohorts.Values.Sum(cohort => cohort.Users);
}

/// <summary>Cohorts of users by the interval they were new in. Groups and segments look at that first event; a payer is who paid more than nothing.</summary>
internal sealed class RevenueCohorts(Workspace workspace, Project project)
{
    /// <summary>Revenue is added up over the first so many times 24 hours of each user.</summary>
    public static readonly int[] Days = [1, 2, 3, 4, 5, 6, 7, 14, 21, 28, 30, 60, 90];

    private readonly EventStore store = workspace.Events(project);

    public List<RevenueLtvResult> Run(RevenueLtvQuery query, int groupLimit) =>
        [.. query.Segments.SelectMany((segment, index) => Run(query, segment, index).OrderByDescending(result => result.Users).ThenBy(result => result.Group, StringComparer.Ordinal).Take(groupLimit))];

    private IEnumerable<RevenueLtvResult> Run(RevenueLtvQuery query, Segment segment, int segmentIndex)
    {
        var results = Read(query, segment).GroupBy(row => row.Group)
            .Select(rows => new RevenueLtvResult(segmentIndex, query.GroupBy.Length == 0 ? null : rows.Key, rows.ToDictionary(row => row.Bucket, row => row.Cohort)));
        return query.GroupBy.Length > 0 ? results : results.DefaultIfEmpty(new(segmentIndex, null, []));
    }

    private List<(string Group, DateTime Bucket, RevenueCohort Cohort)> Read(RevenueLtvQuery query, Segment segment)
    {
        var range = query.Range;
        var sql = new Sql(store.Properties, project, range.Now);
        var ages = Days.Select(day => string.Create(CultureInfo.InvariantCulture, $"age < {day * 86_400}")).Append("TRUE").ToArray();
        var text = $"""
            WITH members AS MATERIALIZED (
              SELECT uid, ts AS since, {sql.Bucket(range)} AS bucket, {sql.Labels(query.GroupBy)} AS label
              FROM events WHERE is_new AND {sql.Between(range.Start, range.End)} AND {sql.InSegment(segment, range)}),
            payments AS (
              SELECT uid, ts, {Sql.Number(sql.Column(query.Revenue))} AS amount
              FROM events WHERE {sql.Between(range.Start, range.Now)} AND {sql.Event(query.Event)}),
            spent AS (
              SELECT m.uid, m.label, m.bucket, {string.Join(", ", ages.Select((age, index) => Column($"sum(p.amount) FILTER ({age}) AS r", index)))},
                {string.Join(", ", ages.Select((age, index) => Column($"bool_or(p.amount > 0) FILTER ({age}) AS p", index)))}
              FROM members AS m LEFT JOIN (SELECT p.uid, p.amount, epoch(p.ts - n.since) AS age FROM payments AS p JOIN members AS n ON p.uid = n.uid WHERE p.amount IS NOT NULL AND p.ts >= n.since) AS p ON m.uid = p.uid
              GROUP BY ALL)
            SELECT label, bucket, count(*), {string.Join(", ", ages.Select((_, index) => Column("coalesce(sum(r", index) + "), 0)::DOUBLE"))}, {string.Join(", ", ages.Select((_, index) => Column("count(*) FILTER (p", index) + ")"))}
            FROM spent GROUP BY ALL
            """;
        return store.Read(text, sql.Parameters, reader =>
        {
            double[] revenue = [.. ages.Select((_, index) => reader.GetDouble(3 + index))];
            long[] payers = [.. ages.Select((_, index) => reader.GetInt64(3 + ages.Length + index))];
            return (reader.GetString(0), reader.GetDateTime(1), new RevenueCohort(reader.GetInt64(2), payers[^1], revenue[^1], payers[..^1], revenue[..^1]));
        });
    }

    private static string Column(string prefix, int index) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{index}");
}
