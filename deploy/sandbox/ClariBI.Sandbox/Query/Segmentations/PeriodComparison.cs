using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.Segmentations;

/// <summary>The earlier range that a range is compared with, laid over it interval by interval.</summary>
internal static class PeriodComparison
{
    public const string Suffix = " (previous period)";

    public static Period? Read(string? name, string field) => name switch
    {
        null => null,
        "period" => Period.Period,
        "parent" => Period.Parent,
        "grandparent" => Period.Grandparent,
        "quarter" => Period.Quarter,
        _ => throw new ToolErrorException($"{field}: Input should be one of period, parent, grandparent, quarter"),
    };

    public static DateRange Earlier(DateRange range, Period period)
    {
        var (unit, count) = Shift(range, period);
        Func<DateTime, DateTime> moved = moment => DateRange.Utc(DateRange.Next(DateRange.Local(moment, range.Zone), unit, -count), range.Zone);
        return range.Over(moved(range.Start), moved(range.End));
    }

    public static Series LaidOver(DateRange range, Series earlier)
    {
        var values = new double[range.Buckets.Count];
        Array.Copy(earlier.Values, values, Math.Min(values.Length, earlier.Values.Length));
        return earlier with { Segment = earlier.Segment + Suffix, Values = values };
    }

    private static (Interval Unit, int Count) Shift(DateRange range, Period period) => (period, range.Interval) switch
    {
        (Period.Period, _) => (range.Interval, range.Buckets.Count),
        (Period.Parent, <= Interval.Hour) => (Interval.Day, 1),
        (Period.Parent, Interval.Day) => (Interval.Day, 7),
        (Period.Parent, Interval.Week) => (Interval.Week, 4),
        (Period.Parent, Interval.Month) => (Interval.Month, 12),
        (Period.Parent, _) => (Interval.Quarter, 4),
        (Period.Grandparent, <= Interval.Hour) => (Interval.Day, 7),
        (Period.Grandparent, Interval.Day) => (Interval.Day, 28),
        (Period.Grandparent, Interval.Week) => (Interval.Week, 52),
        (Period.Grandparent, Interval.Month) => (Interval.Month, 24),
        (Period.Grandparent, _) => (Interval.Quarter, 8),
        (_, <= Interval.Day) => (Interval.Day, 91),
        (_, Interval.Week) => (Interval.Week, 13),
        (_, Interval.Month) => (Interval.Month, 3),
        _ => (Interval.Quarter, 1),
    };
}
