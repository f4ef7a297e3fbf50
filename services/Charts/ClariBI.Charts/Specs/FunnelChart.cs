using System.Text.Json.Nodes;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Charts;

namespace ClariBI.Charts.Specs;

/// <summary>
/// Bars of the share that reached each step, first step on top, with the whole behind each so that the drop shows. Bars
/// compare segments and small steps better than a funnel's slanted sides.
/// </summary>
internal static class FunnelChart
{
    public static ChartSpec? TryDraw(ResultTable table)
    {
        var segments = DrawnColumns.Segments(table);
        if (segments.Count == 0)
        {
            return null;
        }

        var step = table.Columns[0];
        var bars = segments.Select(segment =>
        {
            var bar = Options.Series("bar", segment.Name, table.Columns[segment.Share].Name, step.Name);
            bar["showBackground"] = true;
            return bar;
        }).ToList();
        var steps = new JsonObject { ["type"] = "category", ["inverse"] = true };
        return new ChartSpec(ChartType.Funnel, Options.Option(
            Options.Dataset(table, table.Rows), new JsonObject { ["type"] = "value", ["min"] = 0, ["max"] = 1 }, steps, bars));
    }
}
