using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.Retentions;

/// <summary>How many intervals lie between two of them, given by their starts.</summary>
internal static class RetentionIntervals
{
    public static DateRange Checked(DateRange range) =>
        range.Interval is Interval.Day or Interval.Week or Interval.Month ? range : throw new ToolErrorException("interval: Input should be one of day, week, month for retention");

    public static int Distance(DateRange range, DateTime from, DateTime to) => range.Interval switch
    {
        Interval.Week => (int)(to - from).TotalDays / 7,
        Interval.Month => ((to.Year - from.Year) * 12) + to.Month - from.Month,
        _ => (int)(to - from).TotalDays,
    };

    public static string Distance(DateRange range, string from, string to) => range.Interval switch
    {
        Interval.Week => $"(date_diff('day', {from}, {to}) // 7)",
        Interval.Month => $"date_diff('month', {from}, {to})",
        _ => $"date_diff('day', {from}, {to})",
    };
}
