using System.Text.Json.Nodes;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Charts;

namespace ClariBI.Charts.Specs;

/// <summary>Time on the x axis, a line per series; areas on top of each other only where they add up to a total.</summary>
internal static class LineChart
{
    /// <summary>More lines than this cannot be told apart in any palette.</summary>
    private const int MaximumSeries = 40;

    /// <summary>Up to so many points each is marked: a single one would otherwise not show.</summary>
    private const int MarkedPoints = 2;

    public static ChartSpec? TryDraw(ResultTable table, AnalysisQuery query)
    {
        var series = DrawnColumns.Series(table);
        var scales = series.Select(index => DrawnColumns.Scale(table.Columns[index])).Distinct().ToList();
        if (series.Count is 0 or > MaximumSeries || scales.Count > 2)
        {
            return null;
        }

        var time = table.Columns[0];
        var isStacked = AddsUp(table, query, series);
        var lines = series.Select(index =>
        {
            var column = table.Columns[index];
            var line = Options.Series("line", column.Label, time.Name, column.Name);
            line["showSymbol"] = table.Rows.Count <= MarkedPoints;
            if (isStacked)
            {
                line["stack"] = "total";
                line["areaStyle"] = new JsonObject();
            }

            if (scales.IndexOf(DrawnColumns.Scale(column)) is 1)
            {
                line["yAxisIndex"] = 1;
            }

            return line;
        }).ToList();

        JsonObject[] yAxes = [.. scales.Select(scale => Options.ValueAxis(table.Columns[series.First(index => DrawnColumns.Scale(table.Columns[index]) == scale)]))];
        return new ChartSpec(isStacked ? ChartType.StackedArea : ChartType.Line, Options.Option(
            IncompleteTail.Datasets(table),
            new JsonObject { ["type"] = time.Type == ColumnType.Date ? "time" : "category" },
            yAxes.Length == 1 ? yAxes[0] : new JsonArray([.. yAxes]),
            IncompleteTail.Lines(table, lines)));
    }

    /// <summary>Events and sums of a property split by a group add up; users do not (one may be in two groups), nor do averages.</summary>
    private static bool AddsUp(ResultTable table, AnalysisQuery query, List<int> series) =>
        series.Count > 1
        && query is { GroupBy.Count: > 0, Segments.Count: 0, CompareTo: null, Measures: [{ Aggregation: Aggregation.Totals or Aggregation.PropertySum }] }
        && series.TrueForAll(index => table.Columns[index].Type != ColumnType.Percent && table.Rows.All(row => row[index].Number is null or >= 0));
}
