using ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Tables;

internal static class RetentionTable
{
    private const int DefaultGroups = 20;

    public static ResultTable Build(AnalysisQuery query, IReadOnlyList<RetentionSeries> series)
    {
        var grouped = query.Segments.Count > 0 || query.GroupBy.Count > 0;
        var kept = grouped
            ? [.. series.OrderByDescending(Size).Take(Math.Max(query.Limit is { } limit && query.Retention?.Day is null ? limit : DefaultGroups, query.Segments.Count))]
            : series.Take(1).ToList();
        var slugs = new Slugs();
        slugs.Reserve("day");
        var columns = new List<Column> { new("day", query.Interval == Interval.Week ? "Week" : query.Interval == Interval.Month ? "Month" : "Day", ColumnType.Number) };
        foreach (var one in kept)
        {
            var label = GroupLabels.Of(query, one.Segment, one.Group);
            var slug = grouped ? slugs.Unique(label) : "all";
            columns.Add(new Column(slug, label, ColumnType.Percent));
            columns.Add(new Column($"{slug}_users", $"{label}: users", ColumnType.Number, "users"));
        }

        var days = Enumerable.Range(0, kept.Select(one => one.Days.Count).DefaultIfEmpty(0).Max()).ToList();
        return new ResultTable(
            TableShape.Retention,
            columns,
            [.. days.Select(day => (IReadOnlyList<Cell>)[Cell.Of(day), .. kept.SelectMany(one => Cells(one, day))])],
            [.. days.Where(day => kept.Any(one => day < one.Days.Count && !one.Days[day].Complete))],
            kept.Count < series.Count && grouped ? series.Count : null);
    }

    private static double Size(RetentionSeries series) => series.Days.Count > 0 ? series.Days[0].Users : 0;

    private static IEnumerable<Cell> Cells(RetentionSeries series, int day) => day < series.Days.Count && series.Days[day] is { Users: > 0 } cell
        ? [Cell.Of(cell.Returned / cell.Users), Cell.Of(cell.Users)]
        : [Cell.Empty, Cell.Empty];
}
