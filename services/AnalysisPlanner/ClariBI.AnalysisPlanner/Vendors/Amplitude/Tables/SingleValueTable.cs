using ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Tables;

internal static class SingleValueTable
{
    public static ResultTable Build(MeasureResult result)
    {
        var label = MeasureColumn.Label(result.Measure);
        var columns = new List<Column> { MeasureColumn.Of("value", label, result.Measure) };
        var row = new List<Cell> { Value(result.Current, result.Measure) };
        if (result.Previous is { } previous)
        {
            columns.Add(MeasureColumn.Of("previous", $"{label}, previous", result.Measure));
            row.Add(Value(previous, result.Measure));
        }

        return new ResultTable(TableShape.SingleValue, columns, [row], []);
    }

    /// <summary>Where the vendor gave a series only, what adds up is added up; the rest stays unknown rather than wrong.</summary>
    public static double? Total(Series series, Measure measure)
    {
        if (series.Total is { } total)
        {
            return total;
        }

        return series.Values.Count switch
        {
            0 => null,
            1 => series.Values[0],
            _ when measure.Aggregation is Aggregation.Totals or Aggregation.PropertySum => series.Values.Sum(),
            _ => null,
        };
    }

    private static Cell Value(SeriesSet set, Measure measure) =>
        set.Series.Count > 0 && MeasureColumn.Scale(Total(set.Series[0], measure), measure) is { } number ? Cell.Of(number) : Cell.Empty;
}
