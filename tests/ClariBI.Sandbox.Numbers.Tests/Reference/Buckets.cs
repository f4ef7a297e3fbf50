namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>The events that make up the value of each interval: its own, those of a rolling window, or all since the range began.</summary>
internal sealed class Buckets(Chart chart)
{
    private readonly DateTime[] starts = chart.Intervals;

    public int Count => starts.Length;

    /// <summary>The events a chart may look at; those before the range only for a rolling window.</summary>
    public bool Reaches(ExportedEvent item) => item.Time < chart.Range.To
        && (chart.Rolling > 1 ? item.Time >= chart.Calendar.Utc(Calendar.Move(starts[0], chart.Interval, 1 - chart.Rolling)) : item.Time >= chart.Range.From);

    public ExportedEvent[] Whole(IEnumerable<ExportedEvent> events) => [.. events.Where(chart.Range.Has)];

    public ExportedEvent[][] Split(IEnumerable<ExportedEvent> events)
    {
        var byStart = events.ToLookup(item => chart.Calendar.Start(item.Time, chart.Interval));
        return [.. starts.Select((start, index) => Members(start, index).SelectMany(one => byStart[one]).ToArray())];
    }

    private IEnumerable<DateTime> Members(DateTime start, int index) =>
        chart.Cumulative ? starts.Take(index + 1) : Enumerable.Range(0, chart.Rolling).Select(back => Calendar.Move(start, chart.Interval, -back));
}
