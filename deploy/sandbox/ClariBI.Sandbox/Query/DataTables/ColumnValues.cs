using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Query.Funnels;
using ClariBI.Sandbox.Query.Segmentations;
using ClariBI.Sandbox.Query.SessionCharts;

namespace ClariBI.Sandbox.Query.DataTables;

/// <summary>A column as series: what the chart of its metric says for each segment and group.</summary>
internal sealed class ColumnValues(Workspace workspace, Project project)
{
    public List<Series> Of(DataTableQuery table, TableColumn column) => column.MetricType switch
    {
        "SESSIONS" => new Sessions(workspace, project).Run(new(table.Name, table.Range, table.Segments, table.GroupBy, column.Events.Length == 0 ? [new("_active", [], [])] : column.Events)
        {
            Measure = column.SessionMeasure switch
            {
                "AVERAGE_SESSION_DURATION" => SessionMeasure.AverageLength,
                "SESSIONS_PER_USER" => SessionMeasure.PerUser,
                _ => SessionMeasure.Total,
            },
        }),
        "CONVERSION" => Conversion(table, column),
        _ => new Segmentation(workspace, project).Run(SegmentationBuilding.Build(Segmentation(table, column))),
    };

    /// <summary>Property metrics measure the first group-by of their event.</summary>
    private static SegmentationQuery Segmentation(DataTableQuery table, TableColumn column)
    {
        var metric = column.MetricType == "FORMULA" ? Metric.Formula : Metrics.InFormula(column.MetricType)!.Value;
        EventRef[] events = [.. column.Events.Select(item => item with { GroupBy = column.Measured is null ? [] : [column.Measured] })];
        return new(table.Name, table.Range, table.Segments, table.GroupBy, metric == Metric.Formula ? events : events[..1], metric, column.Formula);
    }

    private List<Series> Conversion(DataTableQuery table, TableColumn column)
    {
        var query = new FunnelQuery(table.Name, table.Range, table.Segments, table.GroupBy, column.Events) { Window = TimeSpan.FromSeconds(column.ConversionSeconds) };
        return [.. new Funnel(workspace, project).Run(query, int.MaxValue).Select(result => new Series(table.Segments[result.SegmentIndex].Name, null, result.Group is null ? [] : [result.Group],
            Share(result.Paths, column), [.. table.Range.Buckets.Select((_, index) => result.Intervals.TryGetValue(index, out var paths) ? Share(paths, column) : 0)]) { Place = result.SegmentIndex, SegmentIndex = result.SegmentIndex })];
    }

    private static double Share(List<long[]> paths, TableColumn column) => paths.Count == 0 ? 0 : (double)paths.Count(path => path.Length == column.Events.Length) / paths.Count;
}
