using System.Text.Json.Nodes;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Charts;

namespace ClariBI.Charts.Specs;

/// <summary>Categories: upright while the labels fit below, lying when they are many or long, grouped for two labels or several measures.</summary>
internal static class BarChart
{
    private const int MaximumBars = 50;
    private const int MaximumGroups = 12;
    private const int UprightBars = 8;
    private const int UprightLabel = 14;
    private const string NoLabel = "(none)";

    public static ChartSpec? TryDraw(ResultTable table)
    {
        var labels = DrawnColumns.Labels(table);
        var measures = DrawnColumns.Measures(table);
        return (labels.Count, measures.Count) switch
        {
            (_, 0) => null,
            (1, 1) when table.Rows.Count <= MaximumBars => Single(table, labels[0], measures[0]),
            (1, _) when table.Rows.Count <= MaximumBars && measures.Count <= MaximumGroups => Measures(table, labels[0], measures),
            (2, _) => Grouped(table, measures[0]),
            _ => null,
        };
    }

    private static ChartSpec Single(ResultTable table, int label, int measure)
    {
        var (category, value) = (table.Columns[label], table.Columns[measure]);
        var isUpright = table.Rows.Count <= UprightBars && table.Rows.All(row => Label(row[label]).Length <= UprightLabel);
        var dataset = Options.Dataset(table, table.Rows);
        if (isUpright)
        {
            return new ChartSpec(ChartType.Bar, Options.Option(
                dataset, Options.CategoryAxis(category), Options.ValueAxis(value), [Options.Series("bar", value.Label, category.Name, value.Name)]));
        }

        // The first row on top, as in the table.
        var axis = Options.CategoryAxis(category);
        axis["inverse"] = true;
        return new ChartSpec(ChartType.HorizontalBar, Options.Option(
            dataset, Options.ValueAxis(value), axis, [Options.Series("bar", value.Label, value.Name, category.Name)]));
    }

    private static ChartSpec Measures(ResultTable table, int label, List<int> measures)
    {
        var category = table.Columns[label];
        return new ChartSpec(ChartType.GroupedBar, Options.Option(
            Options.Dataset(table, table.Rows),
            Options.CategoryAxis(category),
            Options.ValueAxis(table.Columns[measures[0]]),
            [.. measures.Select(index => Options.Series("bar", table.Columns[index].Label, category.Name, table.Columns[index].Name))]));
    }

    /// <summary>Two label columns: a group per value of the first, a bar in it per value of the second, so the rows are pivoted.</summary>
    private static ChartSpec? Grouped(ResultTable table, int measure)
    {
        var groups = table.Rows.Select(row => Label(row[0])).Distinct().ToList();
        var bars = table.Rows.Select(row => Label(row[1])).Distinct().ToList();
        var cells = table.Rows.ToLookup(row => (Label(row[0]), Label(row[1])), row => row[measure]);
        if (groups.Count > MaximumBars || bars.Count > MaximumGroups || cells.Any(cell => cell.Count() > 1))
        {
            return null;
        }

        var category = table.Columns[0];
        var dataset = new JsonObject
        {
            // Named by position: a value of the data must not clash with the name of the first dimension.
            ["dimensions"] = new JsonArray([category.Name, .. bars.Select((bar, index) => new JsonObject { ["name"] = Dimension(index), ["displayName"] = bar })]),
            ["source"] = new JsonArray([.. groups.Select(group => new JsonArray(
                [group, .. bars.Select(bar => Options.Value(cells[(group, bar)].FirstOrDefault()))]))]),
        };
        return new ChartSpec(ChartType.GroupedBar, Options.Option(
            dataset,
            Options.CategoryAxis(category),
            Options.ValueAxis(table.Columns[measure]),
            [.. bars.Select((bar, index) => Options.Series("bar", bar, category.Name, Dimension(index)))]));
    }

    private static string Dimension(int index) => $"bar{index}";

    private static string Label(Cell cell) => cell.Text ?? (cell.Number is { } number ? Descriptions.Figures.Number(number) : NoLabel);
}
