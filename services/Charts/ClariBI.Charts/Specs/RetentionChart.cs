using System.Text.Json.Nodes;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Charts;

namespace ClariBI.Charts.Specs;

/// <summary>A curve per segment over the days since the start.</summary>
internal static class RetentionChart
{
    public static ChartSpec? TryDraw(ResultTable table)
    {
        var curves = DrawnColumns.Curves(table);
        if (curves.Count == 0 || !DrawnColumns.IsNumber(table.Columns[0]))
        {
            return null;
        }

        var day = table.Columns[0];
        var lines = curves.Select(index =>
        {
            var line = Options.Series("line", table.Columns[index].Label, day.Name, table.Columns[index].Name);
            line["showSymbol"] = true;
            return line;
        }).ToList();
        return new ChartSpec(ChartType.Retention, Options.Option(
            IncompleteTail.Datasets(table),
            new JsonObject { ["type"] = "value", ["name"] = day.Label, ["minInterval"] = 1 },
            new JsonObject { ["type"] = "value", ["min"] = 0 },
            IncompleteTail.Lines(table, lines)));
    }
}
