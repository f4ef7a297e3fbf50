namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>The same chart over an earlier range.</summary>
internal static class PeriodOverPeriod
{
    public const string Suffix = " (previous period)";

    public static Chart Earlier(Chart chart)
    {
        var (unit, count) = Distance(chart);
        DateTime Back(DateTime utc) => chart.Calendar.Utc(Calendar.Move(chart.Calendar.Local(utc), unit, -count));
        return chart with { Range = new(Back(chart.Range.From), Back(chart.Range.To)), PeriodOverPeriod = null };
    }

    private static (string Unit, int Count) Distance(Chart chart) => (chart.PeriodOverPeriod, chart.Interval) switch
    {
        ("period", var interval) => (interval, chart.Intervals.Length),
        ("parent", "hour") => ("hour", 24),
        ("parent", "day") => ("day", 7),
        ("parent", "week") => ("week", 4),
        ("parent", "month") => ("month", 12),
        ("parent", "quarter") => ("quarter", 4),
        ("grandparent", "hour") => ("day", 7),
        ("grandparent", "day") => ("day", 28),
        ("grandparent", "week") => ("week", 52),
        ("grandparent", "month") => ("month", 24),
        ("grandparent", "quarter") => ("quarter", 8),
        ("quarter", "hour" or "day") => ("day", 91),
        ("quarter", "week") => ("week", 13),
        ("quarter", "month") => ("month", 3),
        ("quarter", "quarter") => ("quarter", 1),
        _ => throw new ArgumentOutOfRangeException(nameof(chart), chart.PeriodOverPeriod, null),
    };
}
