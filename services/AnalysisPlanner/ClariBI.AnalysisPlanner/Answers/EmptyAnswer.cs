using ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Answers;

/// <summary>Says that nothing matched, what exactly, and what to ask instead. There is no chart of nothing.</summary>
internal static class EmptyAnswer
{
    public static bool IsEmpty(ResultTable table)
    {
        if (table.Rows.Count == 0 || table.Shape == TableShape.Table)
        {
            return table.Rows.Count == 0;
        }

        // A zero is an answer to "how many"; a series or a funnel of nothing but zeros is not worth a chart.
        var numbers = table.Rows.SelectMany(row => row.Skip(table.Shape is TableShape.Retention ? 1 : 0)).Select(cell => cell.Number).OfType<double>().ToList();
        return numbers.Count == 0 || (table.Shape != TableShape.SingleValue && numbers.All(number => number == 0));
    }

    public static string Sentence(AnalysisQuery query) => query switch
    {
        { Kind: QueryKind.List } => $"This project has no {query.ObjectName} to list.",
        { Kind: QueryKind.Retention, Retention: { } retention } => Retention(query, retention),
        { Kind: QueryKind.Funnel, Steps: [var first, ..] } => $"No user did {first.Event}, the first step, in this period, so there is no conversion to show.",
        { Measures: [{ Aggregation: Aggregation.UniqueUsers or Aggregation.Totals } measure] } => $"There were no {QueryWords.Measure(measure)} in this period.",
        { Measures: [var measure] } => $"No event matched in this period, so there is no {QueryWords.Measure(measure)} to compute.",
        _ => "There is no data for this question in this period.",
    };

    /// <summary>Questions that may find something where this one did not; each is a whole question.</summary>
    public static IReadOnlyList<string> FollowUps(AnalysisQuery query, DateOnly today) => query switch
    {
        { Kind: QueryKind.Retention, Retention: { StartEvent: SpecialEvents.NewUser } retention } when UserConditions(query).ToList() is { Count: > 0 } conditions =>
            [.. conditions.Where(filter => filter is { Operator: FilterOperator.Is, Values.Count: 1 })
                .Select(filter => $"What is the {Length(query, retention)} retention of active users with \"{filter.Property}\" \"{filter.Values[0]}\"?").Take(2),
                $"What is the {Length(query, retention)} retention?"],
        { Filters.Count: > 0, Measures: [{ Event: SpecialEvents.AnyActive }] } => ["Daily active users over the last 30 days"],
        { Kind: QueryKind.List } => FollowUpQuestions.For(query, today),
        _ => ["What events do we track?", .. query.Measures.Select(measure => measure.Event).Concat(query.Steps.Select(step => step.Event))
            .Where(name => name is not (SpecialEvents.AnyActive or SpecialEvents.NewUser)).Take(1).Select(name => $"\"{name}\" in the last 90 days")],
    };

    private static string Retention(AnalysisQuery query, RetentionSpec retention)
    {
        var conditions = UserConditions(query).Select(QueryWords.Filter).Distinct().ToList();
        if (conditions.Count == 0)
        {
            return $"No user did {QueryWords.EventName(retention.StartEvent)} in this period, so there is nobody who could have come back.";
        }

        var start = retention.StartEvent == SpecialEvents.NewUser ? "their first event" : QueryWords.EventName(retention.StartEvent);
        return $"Nobody matched: users are counted by what they were at {start}, and in this period no user\u2019s {string.Join(" or ", conditions)} at that moment.";
    }

    private static IEnumerable<PropertyFilter> UserConditions(AnalysisQuery query) =>
        query.Filters.Concat(query.Segments.SelectMany(segment => segment.Filters)).Where(filter => filter.Scope == PropertyScope.User);

    private static string Length(AnalysisQuery query, RetentionSpec retention) =>
        $"{(retention.Day ?? (query.Interval == Interval.Day ? 7 : 4)).ToString(System.Globalization.CultureInfo.InvariantCulture)}-{query.Interval.ToString().ToLowerInvariant()}";
}
