namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>The rows of a reply after its title: text cells begin with a tab, column names that are dates or Total do not. A null label is not checked.</summary>
internal static class CsvTable
{
    public static List<object?[]> Of(Chart chart, string[] columns, bool hasEvent, IEnumerable<Series> series, DateTime now)
    {
        var intervals = Shown(chart, now);
        var ranked = Ranked(chart, series);
        string[] header = ["\tSegment", .. hasEvent ? ["\tEvent"] : Array.Empty<string>(), .. columns.Select(column => "\t" + column)];
        var rows = new List<object?[]>();
        if (chart.TimeSeriesLimit > 0)
        {
            rows.Add([.. header, .. intervals.Select(item => Calendar.Label(item.Start, chart.Interval))]);
            rows.AddRange(ranked.Where(item => item.IsShown).Select(item => (object?[])[.. Labels(item.Row), .. intervals.Select(interval => (object)item.Row.Values[interval.Index])]));
        }

        if (chart.TimeSeriesLimit == 0 || ranked.Any(item => !item.IsShown))
        {
            if (rows.Count > 0)
            {
                rows.Add([]);
            }

            rows.Add([.. header, "Total"]);
            rows.AddRange(ranked.Where(item => !item.IsShown).Select(item => (object?[])[.. Labels(item.Row), item.Row.Total]));
        }

        return rows;
    }

    /// <summary>The intervals of a reply and their places in a series.</summary>
    public static (DateTime Start, int Index)[] Shown(Chart chart, DateTime now) => [.. chart.Intervals.Select((start, index) => (Start: start, Index: index))
        .Where(item => !chart.ExcludesIncomplete || chart.Calendar.End(item.Start, chart.Interval) <= now)];

    public static (Series Row, bool IsShown)[] Ranked(Chart chart, IEnumerable<Series> series) =>
        [.. series.GroupBy(row => row.Part).SelectMany(group => group.Select((row, place) => (Row: row, IsShown: place < chart.TimeSeriesLimit)))];

    private static IEnumerable<object?> Labels(Series row)
    {
        yield return row.Segment is null ? null : "\t" + row.Segment;
        if (row.Event is not null)
        {
            yield return "\t" + row.Event;
        }

        foreach (var group in row.Groups)
        {
            yield return "\t" + group;
        }
    }
}
