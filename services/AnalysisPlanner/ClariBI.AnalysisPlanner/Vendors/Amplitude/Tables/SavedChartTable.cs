using ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Tables;

/// <summary>A saved chart whose definition is not understood: its numbers as they are, without a claim on what they count.</summary>
internal static class SavedChartTable
{
    public static ResultTable Build(string name, SeriesSet set)
    {
        var slugs = new Slugs();
        slugs.Reserve("date");
        if (set.Periods.Count == 0)
        {
            return new ResultTable(
                TableShape.Table,
                [new Column("group", "Group", ColumnType.Text), new Column("value", name, ColumnType.Number)],
                [.. set.Series.Select(series => (IReadOnlyList<Cell>)[string.Join(", ", series.Labels), series.Total is { } total ? Cell.Of(total) : Cell.Empty])],
                []);
        }

        var columns = set.Series.Select(series => string.Join(", ", series.Labels)).Select(label => new Column(slugs.Unique(label), label, ColumnType.Number));
        return new ResultTable(
            TableShape.Table,
            [new Column("date", "Date", ColumnType.Text), .. columns],
            [.. set.Periods.Select((period, index) => (IReadOnlyList<Cell>)
                [period, .. set.Series.Select(series => index < series.Values.Count && series.Values[index] is { } value ? Cell.Of(value) : Cell.Empty)])],
            []);
    }
}
