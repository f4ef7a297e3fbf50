using System.Text.Json.Nodes;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Charts;

namespace ClariBI.Charts.Specs;

/// <summary>How a result is drawn: an ECharts option over a dataset, without colours and functions, which are the page's.</summary>
internal sealed record ChartSpec(ChartType Type, JsonObject Option)
{
    /// <summary>The chart that fits the shape; what no chart can show honestly becomes a table.</summary>
    public static ChartSpec Choose(ResultTable table, AnalysisQuery query)
    {
        var drawn = table.Shape switch
        {
            _ when table.Rows.Count == 0 || table.Rows.Any(row => row.Count != table.Columns.Count) => null,
            TableShape.TimeSeries => LineChart.TryDraw(table, query),
            TableShape.Categories => BarChart.TryDraw(table),
            TableShape.Funnel => FunnelChart.TryDraw(table),
            TableShape.Retention => RetentionChart.TryDraw(table),
            TableShape.SingleValue when table.Columns.Count > 0 => Plain(ChartType.SingleValue, table),
            _ => null,
        };
        return drawn ?? Plain(ChartType.Table, table);
    }

    /// <summary>A figure and a table are drawn by the page from the data alone.</summary>
    private static ChartSpec Plain(ChartType type, ResultTable table) =>
        new(type, new JsonObject { ["dataset"] = Options.Dataset(table, table.Rows) });
}
