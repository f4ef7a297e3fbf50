using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Answers;

/// <summary>The lengths of two periods that are compared.</summary>
internal static class Periods
{
    public static int Days(DateRange range, DateOnly today)
    {
        var (start, end) = range.Resolve(today);
        return end.DayNumber - start.DayNumber + 1;
    }

    /// <summary>Months differ by a day or three and nobody minds; three weeks against a month say little.</summary>
    public static bool AreUneven(Story story, DateRange earlier)
    {
        var (now, before) = (Days(story.Query.Range, story.Today), Days(earlier, story.Today));
        return Math.Abs(now - before) * 10 > Math.Max(now, before);
    }
}
