using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.Segmentations;

/// <summary>What is counted: one event of one segment, grouped.</summary>
internal sealed record Counted(Segment Segment, EventRef Event, GroupKey[] GroupBy, Bins? Bins)
{
    /// <summary>How many groups are wanted, the largest first.</summary>
    public int Groups { get; init; } = int.MaxValue;
}

/// <summary>The SQL of a metric over the events of a range, per interval and over all of them.</summary>
internal sealed class Aggregation(EventStore store, Project project)
{
    public IEnumerable<Series> Run(Counted counted, Metric metric, DateRange range)
    {
        var sql = Sql(range);
        var names = Names(counted);
        var text = metric switch
        {
            Metric.Frequency => Frequency(Rows(sql, counted, range), names),
            Metric.PropertyCountAverage => CountPerUser(Rows(sql, counted, range), names),
            _ => Grouped(Rows(sql, counted, range), names, Expression(metric)),
        };
        return SeriesReading.Read(store, text, sql, counted.Segment, range, new(names.Length + (metric == Metric.Frequency ? 1 : 0), counted.Groups));
    }

    public Sql Sql(DateRange range) => new(store.Properties, project, range.Now);

    public static string[] Names(Counted counted) => [.. counted.GroupBy.Select((_, index) => $"g{index}"), .. counted.Bins is null ? [] : new[] { "bin" }];

    /// <summary>A row per event: uid, value of the property measured as number (v) and as what is told apart (t), interval and groups.</summary>
    public static string Rows(Sql sql, Counted counted, DateRange range)
    {
        var measured = counted.Event.GroupBy.FirstOrDefault();
        var (number, distinct) = measured is null ? ("NULL::DOUBLE", "NULL::VARCHAR") : (Query.Sql.Number(sql.Column(measured)), Distinct(sql, measured));
        var groups = string.Concat(counted.GroupBy.Select((key, index) => $", {sql.Label(key)} AS g{index}"));
        var rows = $"""
            SELECT uid, {number} AS v, {distinct} AS t, {sql.Bucket(range)} AS bucket{groups}
            FROM events WHERE {sql.Between(range.Start, range.End)} AND {sql.Event(counted.Event)} AND {sql.InSegment(counted.Segment, range)}
            """;
        return counted.Bins is null ? rows : $"SELECT * FROM (SELECT *, {counted.Bins.Label(sql)} AS bin FROM ({rows})) WHERE bin IS NOT NULL";
    }

    private static string Distinct(Sql sql, GroupKey key) => sql.Property(key.Scope, key.Property)?.IsNumeric == true ? Query.Sql.Number(sql.Column(key)) : sql.Column(key);

    /// <summary>Once per interval and once over all, which has no interval.</summary>
    private static string Sets(string[] names, params string[] more) => $"GROUPING SETS (({string.Join(", ", [.. names, "bucket", .. more])}), ({string.Join(", ", [.. names, .. more])}))";

    private static string List(string[] names) => string.Concat(names.Select(name => name + ", "));

    private static string Grouped(string rows, string[] names, string expression) => $"SELECT {List(names)}bucket, {expression} FROM ({rows}) GROUP BY {Sets(names)}";

    private static string Expression(Metric metric) => metric switch
    {
        Metric.Uniques => "count(DISTINCT uid)",
        Metric.Totals or Metric.Histogram => "count(*)",
        Metric.Average => "count(*) / count(DISTINCT uid)",
        Metric.PropertySum => "sum(v)",
        Metric.PropertyAverage => "avg(v)",
        Metric.PropertyMin => "min(v)",
        Metric.PropertyMax => "max(v)",
        Metric.PropertyMedian => "median(v)",
        Metric.PropertyCount => "count(DISTINCT t)",
        _ => throw new ToolErrorException($"measured_as.as: {metric} cannot be used here"),
    };

    /// <summary>How many users did it once, twice, and so on.</summary>
    private static string Frequency(string rows, string[] names) => $"""
        SELECT {List(names)}CASE WHEN n >= 10 THEN '10+' ELSE n::VARCHAR END AS times, bucket, count(*)
        FROM (SELECT {List(names)}bucket, uid, count(*) AS n FROM ({rows}) GROUP BY {Sets(names, "uid")})
        GROUP BY {List(names)}times, bucket
        """;

    private static string CountPerUser(string rows, string[] names) => $"""
        SELECT {List(names)}bucket, avg(n)
        FROM (SELECT {List(names)}bucket, uid, count(DISTINCT t) AS n FROM ({rows}) WHERE t IS NOT NULL GROUP BY {Sets(names, "uid")})
        GROUP BY {List(names)}bucket
        """;
}
