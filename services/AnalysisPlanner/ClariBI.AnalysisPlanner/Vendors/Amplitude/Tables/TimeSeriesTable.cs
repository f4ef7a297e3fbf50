using System.Globalization;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Tables;

/// <summary>A date column, then a column per series; a compared range is laid over the current one, period by period.</summary>
internal static class TimeSeriesTable
{
    private const int DefaultSeries = 10;

    public static ResultTable Build(AnalysisQuery query, IReadOnlyList<MeasureResult> results, DateOnly start, DateTime now)
    {
        var periods = results.Select(result => result.Current.Periods).MaxBy(list => list.Count) ?? [];
        var slugs = new Slugs();
        slugs.Reserve("date");
        var columns = new List<Column> { new("date", "Date", ColumnType.Date) };
        var values = new List<IReadOnlyList<double?>>();
        foreach (var result in results)
        {
            var series = Kept(query, result.Current);
            foreach (var one in series)
            {
                var label = Label(query, result.Measure, one, results.Count);
                Add(result.Measure, label, Align(one, result.Current.Periods, periods));
                if (result.Previous is { } previous)
                {
                    var earlier = previous.Series.FirstOrDefault(other => other.Labels.SequenceEqual(one.Labels));
                    Add(result.Measure, $"{label}, previous", [.. periods.Select((_, index) => earlier is not null && index < earlier.Values.Count ? earlier.Values[index] : null)]);
                }
            }
        }

        var rows = periods.Select((period, index) => (IReadOnlyList<Cell>)
            [Date(period, query.Interval), .. values.Select(column => column[index] is { } number ? Cell.Of(number) : Cell.Empty)]).ToList();
        var total = results.Max(result => result.Current.Series.Count);
        return new ResultTable(
            TableShape.TimeSeries, columns, rows,
            [.. Enumerable.Range(0, periods.Count).Where(index => IsIncomplete(periods[index], query.Interval, start, now))],
            total > Keep(query) ? total : null);

        void Add(Measure measure, string label, IReadOnlyList<double?> column)
        {
            columns.Add(MeasureColumn.Of(slugs.Unique(label), label, measure));
            values.Add([.. column.Select(value => MeasureColumn.Scale(value, measure))]);
        }
    }

    private static int Keep(AnalysisQuery query) => query.GroupBy.Count == 0 ? int.MaxValue : query.Limit ?? DefaultSeries;

    private static IEnumerable<Series> Kept(AnalysisQuery query, SeriesSet set)
    {
        if (query.GroupBy.Count == 0)
        {
            return set.Series;
        }

        var ordered = query.Ascending ? set.Series.OrderBy(series => series.Weight) : set.Series.OrderByDescending(series => series.Weight);
        return ordered.Where(series => series.Values.Count > 0).Take(Keep(query));
    }

    private static string Label(AnalysisQuery query, Measure measure, Series series, int measures)
    {
        // Without asked segments the first label is Amplitude's "All Users".
        var parts = query.Segments.Count > 0 ? series.Labels : series.Labels.Skip(1);
        var group = string.Join(", ", parts.Where(part => part.Length > 0));
        return group.Length == 0 ? MeasureColumn.Label(measure) : measures == 1 ? group : $"{group}: {MeasureColumn.Label(measure)}";
    }

    private static List<double?> Align(Series series, IReadOnlyList<string> own, IReadOnlyList<string> periods) =>
        [.. periods.Select(period => own.Select((name, index) => (name, index)).FirstOrDefault(pair => pair.name == period, (name: "", index: -1)).index is var at and >= 0
            && at < series.Values.Count ? series.Values[at] : null)];

    private static Cell Date(string period, Interval interval) => Cell.Of(
        Start(period).ToString(interval == Interval.Hour ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static DateTime Start(string period) => DateTime.Parse(period, CultureInfo.InvariantCulture, DateTimeStyles.None);

    /// <summary>Not over yet, or cut short by the start of the range.</summary>
    private static bool IsIncomplete(string period, Interval interval, DateOnly rangeStart, DateTime now)
    {
        if (interval == Interval.Hour)
        {
            // Vendors fill a day up: an hour that has not begun is no more final than the current one.
            return now < Start(period).AddHours(1);
        }

        var (first, today) = (DateOnly.FromDateTime(Start(period)), DateOnly.FromDateTime(now));
        var next = interval switch
        {
            Interval.Week => first.AddDays(7),
            Interval.Month => first.AddMonths(1),
            Interval.Quarter => first.AddMonths(3),
            _ => first.AddDays(1),
        };
        return (first <= today && today < next) || first < rangeStart;
    }
}
