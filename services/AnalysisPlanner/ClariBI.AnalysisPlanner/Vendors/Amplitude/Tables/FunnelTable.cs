using ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Tables;

internal static class FunnelTable
{
    private const int DefaultGroups = 10;

    /// <summary>Amplitude never has more, or the reply is not to be trusted.</summary>
    private const int MaximumSteps = 20;

    public static ResultTable Build(AnalysisQuery query, IReadOnlyList<FunnelSeries> series)
    {
        var grouped = query.Segments.Count > 0 || query.GroupBy.Count > 0;
        var kept = grouped ? [.. series.OrderByDescending(one => one.Users.Count > 0 ? one.Users[0] : 0).Take(Math.Max(query.Limit ?? DefaultGroups, query.Segments.Count))] : series.Take(1).ToList();
        var slugs = new Slugs();
        slugs.Reserve("step");
        var columns = new List<Column> { new("step", "Step", ColumnType.Text) };
        foreach (var one in kept)
        {
            var label = GroupLabels.Of(query, one.Segment, one.Group);
            var slug = grouped ? slugs.Unique(label) + "_" : "";
            var suffix = grouped ? $"{label}: " : "";
            columns.Add(new Column(slug + "users", suffix + (grouped ? "users" : "Users"), ColumnType.Number, "users"));
            columns.Add(new Column(slug + "share", suffix + (grouped ? "share of first step" : "Share of first step"), ColumnType.Percent));
        }

        var hasTimes = !grouped && kept[0].MedianSeconds.Count > 0;
        if (hasTimes)
        {
            columns.Add(new Column("median_seconds", "Median time from the step before", ColumnType.Duration));
        }

        var count = Math.Min(MaximumSteps, kept.Max(one => one.Users.Count));
        var rows = Enumerable.Range(0, count).Select(step => (IReadOnlyList<Cell>)
            [StepName(query, kept[0], step), .. kept.SelectMany(one => Cells(one, step)), .. hasTimes ? [Time(kept[0], step)] : Array.Empty<Cell>()]).ToList();
        return new ResultTable(TableShape.Funnel, columns, rows, []);
    }

    private static IEnumerable<Cell> Cells(FunnelSeries series, int step)
    {
        if (step >= series.Users.Count)
        {
            return [Cell.Empty, Cell.Empty];
        }

        return [series.Users[step], series.Users[0] > 0 ? Cell.Of(series.Users[step] / series.Users[0]) : Cell.Empty];
    }

    private static Cell Time(FunnelSeries series, int step) =>
        step > 0 && step < series.MedianSeconds.Count && series.Users[step] > 0 ? Cell.Of(series.MedianSeconds[step]) : Cell.Empty;

    private static Cell StepName(AnalysisQuery query, FunnelSeries series, int step) =>
        step < query.Steps.Count ? query.Steps[step].Event : step < series.Steps.Count ? series.Steps[step] : $"Step {step + 1}";
}
