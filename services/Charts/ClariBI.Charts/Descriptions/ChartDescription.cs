using System.Globalization;
using ClariBI.Charts.Specs;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Charts;

namespace ClariBI.Charts.Descriptions;

/// <summary>A chart in words, for who cannot see it: what it shows, for when, its values, and what is not final.</summary>
internal static class ChartDescription
{
    /// <summary>A screen reader reads all of it: beyond this many the table beside the chart is the better place.</summary>
    private const int SpokenSeries = 6;
    private const int SpokenRows = 6;

    public static string Write(string title, ChartType type, ResultTable table, ChartSource source)
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"{source.RangeStart:d MMM yyyy} to {source.RangeEnd:d MMM yyyy} ({source.TimeZone})");
        var origin = source.Sandbox ? $"{source.DataSourceName} (sample data)" : source.DataSourceName;
        IEnumerable<string> sentences =
        [
            $"{title.TrimEnd('.')}: {Name(type)}, {range}, from {origin}.",
            .. table.Rows.Count == 0 ? ["There is no data."] : Body(type, table),
            .. Caveats(table),
        ];
        return string.Join(' ', sentences);
    }

    private static IEnumerable<string> Body(ChartType type, ResultTable table) => type switch
    {
        ChartType.Line or ChartType.StackedArea => Curves(table, DrawnColumns.Series(table), "on "),
        ChartType.Retention => Curves(table, DrawnColumns.Curves(table), $"{table.Columns[0].Label.ToLowerInvariant()} "),
        ChartType.Funnel => DrawnColumns.Segments(table).Take(SpokenSeries).Select(segment => Steps(table, segment)),
        ChartType.Bar or ChartType.HorizontalBar or ChartType.GroupedBar => Bars(table),
        ChartType.SingleValue => [Single(table)],
        _ => [$"{Count(table.Rows.Count, "row")} of {string.Join(", ", table.Columns.Select(column => column.Label))}."],
    };

    private static IEnumerable<string> Curves(ResultTable table, List<int> series, string at)
    {
        foreach (var index in series.Take(SpokenSeries))
        {
            yield return Curve(table, index, at);
        }

        if (series.Count > SpokenSeries)
        {
            yield return $"And {series.Count - SpokenSeries} more series.";
        }
    }

    /// <summary>Periods that are not over are left out: a half week would be called the lowest.</summary>
    private static string Curve(ResultTable table, int index, string at)
    {
        var column = table.Columns[index];
        var points = table.Rows.Where((row, number) => row[index].Number is not null && !table.IncompleteRows.Contains(number)).ToList();
        if (points.Count == 0)
        {
            return $"{column.Label}: no complete values.";
        }

        string Point(IReadOnlyList<Cell> row) => $"{Figures.Say(row[index], column)} {at}{Figures.Say(row[0], table.Columns[0])}";
        return points.Count == 1
            ? $"{column.Label}: {Point(points[0])}."
            : $"{column.Label}: first {Point(points[0])}, last {Point(points[^1])}, "
                + $"highest {Point(points.MaxBy(row => row[index].Number)!)}, lowest {Point(points.MinBy(row => row[index].Number)!)}.";
    }

    private static string Steps(ResultTable table, FunnelSegment segment)
    {
        var steps = table.Rows.Select(row =>
        {
            var share = Figures.Say(row[segment.Share], table.Columns[segment.Share]);
            var reached = segment.Users < 0 ? share : $"{Figures.Say(row[segment.Users], table.Columns[segment.Users])} ({share})";
            return $"{Figures.Say(row[0], table.Columns[0])} {reached}";
        });
        return $"{segment.Name}: {string.Join(", then ", steps)}.";
    }

    private static IEnumerable<string> Bars(ResultTable table)
    {
        var labels = DrawnColumns.Labels(table);
        string Label(IReadOnlyList<Cell> row) => string.Join(", ", labels.Select(index => Figures.Say(row[index], table.Columns[index])));
        foreach (var index in DrawnColumns.Measures(table).Take(SpokenSeries))
        {
            var column = table.Columns[index];
            string Bar(IReadOnlyList<Cell> row) => $"{Label(row)} {Figures.Say(row[index], column)}";
            var bars = table.Rows.Where(row => row[index].Number is not null).ToList();
            yield return bars.Count switch
            {
                0 => $"{column.Label}: no values.",
                <= SpokenRows => $"{column.Label}: {string.Join("; ", bars.Select(Bar))}.",
                _ => $"{column.Label} of {bars.Count} groups: highest {Bar(bars.MaxBy(row => row[index].Number)!)}, "
                    + $"lowest {Bar(bars.MinBy(row => row[index].Number)!)}, first {Bar(bars[0])}, last {Bar(bars[^1])}.",
            };
        }
    }

    private static string Single(ResultTable table)
    {
        var columns = table.Columns.ToList();
        var shown = Math.Max(0, columns.FindIndex(DrawnColumns.IsNumber));
        var earlier = columns.FindIndex(one => one.Name == "previous");
        var (row, column) = (table.Rows[0], columns[shown]);
        var value = Figures.Say(row[shown], column);
        if (earlier < 0 || row[shown].Number is not { } now || row[earlier].Number is not { } before)
        {
            return $"{column.Label}: {value}.";
        }

        var change = (now - before) switch
        {
            0 => "unchanged from",
            > 0 => "up from",
            _ => "down from",
        };
        return $"{column.Label}: {value}, {change} {Figures.Say(before, column)}{By(now, before, column)}.";
    }

    private static string By(double now, double before, Column column) => (column.Type, before) switch
    {
        _ when now.Equals(before) => "",
        (ColumnType.Percent, _) => $" ({Figures.Number(Math.Round(Math.Abs(now - before) * 100, 1))} points)",
        (_, 0) => "",
        _ => $" ({Figures.Percent(Math.Abs((now - before) / before))})",
    };

    private static IEnumerable<string> Caveats(ResultTable table)
    {
        var incomplete = table.IncompleteRows.Where(index => index >= 0 && index < table.Rows.Count).Order().ToList();
        if (incomplete.Count > 0 && table.Columns.Count > 0)
        {
            string At(int index) => Figures.Say(table.Rows[index][0], table.Columns[0]);
            yield return incomplete.Count == 1
                ? $"Not complete yet: {At(incomplete[0])}."
                : $"Not complete yet: {incomplete.Count} rows, {At(incomplete[0])} to {At(incomplete[^1])}.";
        }

        if (table.TotalRows is { } total && total > table.Rows.Count)
        {
            yield return $"Shows {Figures.Number(table.Rows.Count)} of {Figures.Number(total)} rows.";
        }
    }

    private static string Count(int count, string noun) => $"{Figures.Number(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Name(ChartType type) => type switch
    {
        ChartType.Line => "line chart",
        ChartType.StackedArea => "stacked area chart",
        ChartType.Bar => "bar chart",
        ChartType.HorizontalBar => "horizontal bar chart",
        ChartType.GroupedBar => "grouped bar chart",
        ChartType.Funnel => "funnel",
        ChartType.Retention => "retention curves",
        ChartType.SingleValue => "single figure",
        _ => "table",
    };
}
