using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.Segmentations;

/// <summary>The series of a segmentation: for each segment, each event or the formula over them, each group.</summary>
internal sealed class Segmentation(Workspace workspace, Project project)
{
    private const int MostParts = 60;
    private readonly EventStore store = workspace.Events(project);

    public List<Series> Run(SegmentationQuery query)
    {
        EventRef[] events = [.. query.Events.SelectMany(item => Comparison.Expand(store, project, query.Range, item))];
        if (events.Length * query.Segments.Length > MostParts)
        {
            throw new ToolErrorException($"events: at most {MostParts} combinations of events and segments can be computed at once");
        }

        return [.. query.Segments.SelectMany((segment, index) => Compared(query, events, segment).Select(series => series with { Place = (index * events.Length) + series.Place, SegmentIndex = query.Period is null ? index : (2 * index) + series.SegmentIndex }))];
    }

    private IEnumerable<Series> Compared(SegmentationQuery query, EventRef[] events, Segment segment)
    {
        var series = RunSegment(query, events, segment, query.Range);
        return query.Period is not { } period ? series
            : series.Concat(RunSegment(query, events, segment, PeriodComparison.Earlier(query.Range, period)).Select(earlier => PeriodComparison.LaidOver(query.Range, earlier) with { SegmentIndex = 1 }));
    }

    private IEnumerable<Series> RunSegment(SegmentationQuery query, EventRef[] events, Segment segment, DateRange range) => query.Metric == Metric.Formula
        ? RunFormula(query, events, segment, range)
        : events.SelectMany((item, index) => RunEvent(query, new(segment, item, query.GroupBy, Bins(query, item)) { Groups = IsFinal(query) ? query.Groups : int.MaxValue }, query.Metric, range)
            .Select(series => series with { Event = events.Length > 1 ? item.Name : null, Place = index }));

    private IEnumerable<Series> RunEvent(SegmentationQuery query, Counted counted, Metric metric, DateRange range) =>
        metric == Metric.ActivePercent ? ActivePercent(query, counted, range) : Aggregate(query, counted, metric, range);

    private IEnumerable<Series> RunFormula(SegmentationQuery query, EventRef[] events, Segment segment, DateRange range)
    {
        var formula = Formula.Parse(query.Formula!, events.Length);
        var leaves = formula.Leaves.ToDictionary(leaf => leaf, leaf => RunEvent(query, new(segment, events[leaf.Event], query.GroupBy, null), leaf.Metric, range).ToDictionary(series => string.Join('\n', series.Group)));
        var groups = leaves.Values.SelectMany(set => set.Values).Select(series => series.Group).DistinctBy(group => string.Join('\n', group));
        return groups.DefaultIfEmpty([]).Where(group => group.Length == query.GroupBy.Length).Select(group =>
        {
            var key = string.Join('\n', group);
            Func<FormulaLeaf, Series?> find = leaf => leaves[leaf].GetValueOrDefault(key);
            var values = Enumerable.Range(0, range.Buckets.Count).Select(index => formula.Evaluate(leaf => find(leaf)?.Values[index] ?? 0));
            return new Series(segment.Name, null, group, formula.Evaluate(leaf => find(leaf)?.Overall ?? 0), [.. values]);
        });
    }

    /// <summary>Percent of the active users, of the same user-scope groups where there are any.</summary>
    private IEnumerable<Series> ActivePercent(SegmentationQuery query, Counted counted, DateRange range)
    {
        var userKeys = counted.GroupBy.Select((key, index) => (key, index)).Where(pair => pair.key.Scope == "user").ToArray();
        var everyone = counted with { Event = new("_active", [], []), GroupBy = [.. userKeys.Select(pair => pair.key)] };
        var active = Aggregate(query, everyone, Metric.Uniques, range).ToDictionary(series => string.Join('\n', series.Group));
        return Aggregate(query, counted, Metric.Uniques, range).Select(series =>
        {
            var all = active.GetValueOrDefault(string.Join('\n', userKeys.Select(pair => series.Group[pair.index])));
            return series with { Overall = Percent(series.Overall, all?.Overall), Values = [.. series.Values.Select((value, index) => Percent(value, all?.Values[index]))] };
        });
    }

    /// <summary>Whether groups keep the order they have before percentages and windows.</summary>
    private static bool IsFinal(SegmentationQuery query) => query.Metric != Metric.ActivePercent && query.Window.IsNone;

    private static double Percent(double part, double? whole) => whole is > 0 ? 100 * part / whole.Value : 0;

    private IEnumerable<Series> Aggregate(SegmentationQuery query, Counted counted, Metric metric, DateRange range)
    {
        var aggregation = new Aggregation(store, project);
        return query.Window.IsNone ? aggregation.Run(counted, metric, range) : new Windows(store, aggregation).Run(counted, metric, range, query.Window);
    }

    /// <summary>The same bins for every segment and period: those asked for, or those that fit the values of the range.</summary>
    private Bins? Bins(SegmentationQuery query, EventRef item)
    {
        if (query.Metric != Metric.Histogram || query.Bin is { } given)
        {
            return query.Metric == Metric.Histogram ? Segmentations.Bins.Of(query.Bin!) : null;
        }

        var sql = new Aggregation(store, project).Sql(query.Range);
        var rows = query.Segments.Select(segment => Aggregation.Rows(sql, new(segment, item, [], null), query.Range));
        return Segmentations.Bins.Measure(store, sql, string.Join(" UNION ALL ", rows));
    }
}
