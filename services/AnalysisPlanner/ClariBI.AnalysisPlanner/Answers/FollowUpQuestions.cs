using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Answers;

/// <summary>What to ask next. They are follow-ups to the query at hand that change something, and the built-in engine can answer each.</summary>
internal static class FollowUpQuestions
{
    public static IReadOnlyList<string> For(AnalysisQuery query, DateOnly today)
    {
        string[] lastMonth = query.Range.Resolve(today) == DateRange.Calendar(Interval.Month, 1).Resolve(today) ? [] : ["What about last month?"];
        return query.Kind switch
        {
            QueryKind.SingleValue when query.CompareTo is null => ["Compared to the previous period?", "Make it weekly"],
            QueryKind.SingleValue => ["Make it weekly", "Make it daily"],
            QueryKind.Trend when query.Interval == Interval.Week => ["Make it daily", "Make it monthly"],
            QueryKind.Trend when query.Interval == Interval.Month => ["Make it daily", "Make it weekly"],
            QueryKind.Trend => ["Make it weekly", "Make it monthly"],
            QueryKind.Breakdown or QueryKind.Comparison => ["Make it weekly", .. lastMonth],
            QueryKind.Funnel => [.. lastMonth, "What is the 7-day retention?"],
            QueryKind.Retention when query is { Interval: Interval.Day, Retention.Day: 7 } => [.. lastMonth, "What is the 30-day retention?"],
            QueryKind.Retention when query is { Interval: Interval.Day, Retention.Day: 30 } => [.. lastMonth, "What is the 7-day retention?"],
            QueryKind.Retention => ["What is the 7-day retention?", "What is the 30-day retention?"],
            QueryKind.List or QueryKind.Cohort or QueryKind.SavedChart or QueryKind.Sessions => ["Daily active users over the last 30 days", "New users per week"],
            _ => [],
        };
    }
}
