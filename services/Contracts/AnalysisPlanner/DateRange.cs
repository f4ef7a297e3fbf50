namespace ClariBI.Contracts.AnalysisPlanner;

/// <summary>
/// A range of whole days in the project's time zone: either fixed (<see cref="Start"/> and <see cref="End"/>), or open
/// (from <see cref="Start"/> until today), or relative (the last <see cref="Last"/> units, <see cref="Offset"/> units ago), so that a tile moves with the calendar.
/// </summary>
public sealed record DateRange
{
    /// <summary>First day of a fixed range.</summary>
    public DateOnly? Start { get; init; }

    /// <summary>Last day of a fixed range, included; null beside a start means until today.</summary>
    public DateOnly? End { get; init; }

    /// <summary>Length of a relative range in units of <see cref="Unit"/>.</summary>
    public int? Last { get; init; }

    public Interval Unit { get; init; } = Interval.Day;

    /// <summary>0: the range ends today (days) or with the current week, month or quarter; 1: one unit earlier.</summary>
    public int Offset { get; init; }

    public static DateRange LastDays(int days) => new() { Last = days };

    public static DateRange Between(DateOnly start, DateOnly end) => new() { Start = start, End = end };

    /// <summary>From a day until today, whichever day that is when it is asked.</summary>
    public static DateRange Since(DateOnly start) => new() { Start = start };

    /// <summary>The current (offset 0) or an earlier calendar week, month or quarter.</summary>
    public static DateRange Calendar(Interval unit, int offset, int count = 1) => new() { Last = count, Unit = unit, Offset = offset };

    /// <summary>First and last day, both included; weeks begin on Monday; the last day never lies after <paramref name="today"/>.</summary>
    /// <exception cref="InvalidOperationException">The range has neither a start nor a length.</exception>
    public (DateOnly Start, DateOnly End) Resolve(DateOnly today)
    {
        if (Start is { } start)
        {
            return (start, End ?? (start < today ? today : start));
        }

        if (Last is not { } count || count < 1)
        {
            throw new InvalidOperationException("A date range needs a start or a length.");
        }

        if (Unit is Interval.Day or Interval.Hour)
        {
            var lastDay = today.AddDays(-Offset);
            return (lastDay.AddDays(1 - count), lastDay);
        }

        var first = Begin(today, -(Offset + count - 1));
        var last = Begin(today, 1 - Offset).AddDays(-1);
        return (first, last < today ? last : today);
    }

    private DateOnly Begin(DateOnly day, int shift) => Unit switch
    {
        Interval.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)).AddDays(7 * shift),
        Interval.Month => new DateOnly(day.Year, day.Month, 1).AddMonths(shift),
        Interval.Quarter => new DateOnly(day.Year, (((day.Month - 1) / 3) * 3) + 1, 1).AddMonths(3 * shift),
        Interval.Hour or Interval.Day => day.AddDays(shift),
        _ => throw new InvalidOperationException($"No calendar unit {Unit}."),
    };
}
