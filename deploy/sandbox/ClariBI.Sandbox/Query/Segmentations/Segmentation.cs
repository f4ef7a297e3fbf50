using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.Segmentations;

internal sealed class Segmentation(Workspace workspace, Project project)
{
    private readonly EventStore store = workspace.Events(project);

    public List<Series> Run(SegmentationQuery query) =>
        [.. query.Segments.SelectMany(segment => query.Metric == Metric.Formula ? RunFormula(query, segment) : RunEvents(query, segment))];

    private IEnumerable<Series> RunEvents(SegmentationQuery query, Segment segment) => query.Events.SelectMany(item =>
        (query.Metric == Metric.ActivePercent ? ActivePercent(query, segment, item) : Aggregate(query, segment, item, query.Metric, query.GroupBy))
            .Select(series => series with { Event = query.Events.Length > 1 ? item.Name : null }));

    private IEnumerable<Series> RunFormula(SegmentationQuery query, Segment segment)
    {
        var formula = Formula.Parse(query.Formula!, query.Events.Length);
        var leaves = formula.Leaves.ToDictionary(leaf => leaf, leaf => Aggregate(query, segment, query.Events[leaf.Event], leaf.Metric, query.GroupBy).ToDictionary(series => string.Join('\n', series.Group)));
        var groups = leaves.Values.SelectMany(set => set.Values).Select(series => series.Group).DistinctBy(group => string.Join('\n', group));
        return groups.Select(group =>
        {
            var key = string.Join('\n', group);
            Func<FormulaLeaf, Series?> find = leaf => leaves[leaf].GetValueOrDefault(key);
            var values = Enumerable.Range(0, query.Range.Buckets.Count).Select(index => formula.Evaluate(leaf => find(leaf)?.Values[index] ?? 0));
            return new Series(segment.Name, null, group, formula.Evaluate(leaf => find(leaf)?.Overall ?? 0), [.. values]);
        });
    }

    /// <summary>Percent of the active users, of the same user-scope groups where there are any.</summary>
    private IEnumerable<Series> ActivePercent(SegmentationQuery query, Segment segment, EventRef item)
    {
        var userKeys = query.GroupBy.Select((key, index) => (key, index)).Where(pair => pair.key.Scope == "user").ToArray();
        var active = Aggregate(query, segment, new("_active", [], []), Metric.Uniques, [.. userKeys.Select(pair => pair.key)]).ToDictionary(series => string.Join('\n', series.Group));
        return Aggregate(query, segment, item, Metric.Uniques, query.GroupBy).Select(series =>
        {
            var all = active.GetValueOrDefault(string.Join('\n', userKeys.Select(pair => series.Group[pair.index])));
            return series with { Overall = Percent(series.Overall, all?.Overall), Values = [.. series.Values.Select((value, index) => Percent(value, all?.Values[index]))] };
        });
    }

    private static double Percent(double part, double? whole) => whole is > 0 ? 100 * part / whole.Value : 0;

    private IEnumerable<Series> Aggregate(SegmentationQuery query, Segment segment, EventRef item, Metric metric, GroupKey[] groupBy)
    {
        var range = query.Range;
        var sql = new Sql(store.Properties, project, range.Now);
        var columns = string.Concat(groupBy.Select((key, index) => $", {sql.Label(key)} AS g{index}"));
        var measured = item.GroupBy.FirstOrDefault() is { } key ? $"TRY_CAST({sql.Column(key)} AS DOUBLE)" : "NULL::DOUBLE";
        var rows = $"""
            SELECT uid, {measured} AS v, date_trunc('{range.Unit}', {sql.LocalTime(range)}) AS bucket{columns}
            FROM events WHERE {sql.Between(range.Start, range.End)} AND {sql.Event(item)} AND {sql.InSegment(segment)}
            """;
        var names = string.Concat(groupBy.Select((_, index) => $"g{index}, "));
        var text = metric == Metric.Frequency ? Frequency(rows, names) : $"""
            SELECT {names}bucket, {Expression(metric)}
            FROM ({rows}) GROUP BY GROUPING SETS (({names}bucket), ({(names.Length == 0 ? "" : names[..^2])}))
            """;
        return SeriesReading.Read(store, text, sql, segment, range, groupBy.Length + (metric == Metric.Frequency ? 1 : 0));
    }

    private static string Expression(Metric metric) => metric switch
    {
        Metric.Uniques => "count(DISTINCT uid)",
        Metric.Totals => "count(*)",
        Metric.Average => "count(*) / count(DISTINCT uid)",
        Metric.PropertySum => "sum(v)",
        Metric.PropertyAverage => "avg(v)",
        Metric.PropertyMin => "min(v)",
        Metric.PropertyMax => "max(v)",
        Metric.PropertyMedian => "median(v)",
        Metric.PropertyCount => "count(DISTINCT v)",
        Metric.ActivePercent or Metric.Frequency or Metric.Formula => throw new ToolErrorException($"{metric} cannot be used here"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>How many users did it once, twice, and so on, in each interval and overall.</summary>
    private static string Frequency(string rows, string names) => $"""
        SELECT {names}CASE WHEN n >= 10 THEN '10+' ELSE n::VARCHAR END AS times, bucket, count(*)
        FROM (SELECT {names}bucket, uid, count(*) AS n FROM ({rows}) GROUP BY GROUPING SETS (({names}bucket, uid), ({names}uid)))
        GROUP BY ALL
        """;
}
