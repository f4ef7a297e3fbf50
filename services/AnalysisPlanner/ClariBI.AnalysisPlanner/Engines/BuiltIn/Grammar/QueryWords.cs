using System.Globalization;
using ClariBI.Contracts.AnalysisPlanner;
using Calendar = ClariBI.AnalysisPlanner.Engines.BuiltIn.Words.Calendar;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>A query in plain words: the title of its chart and "Understood as …".</summary>
internal static class QueryWords
{
    public static string Title(AnalysisQuery query)
    {
        var title = query.Kind switch
        {
            QueryKind.List => $"All {query.ObjectName}",
            QueryKind.Cohort => $"Users in {query.ObjectName}",
            QueryKind.SavedChart => query.ObjectName ?? "Saved chart",
            QueryKind.Funnel => query.ObjectName ?? $"Conversion from {query.Steps[0].Event} to {query.Steps[^1].Event}",
            QueryKind.Retention => RetentionTitle(query),
            _ => Capital(Join(query.Measures.Select(Measure))),
        };
        return title + Split(query) + (query.CompareTo is null ? "" : ", compared with the period before");
    }

    public static string Description(AnalysisQuery query, DateOnly today)
    {
        List<string> parts = [Title(query)];
        parts.AddRange(query.Kind switch
        {
            QueryKind.Funnel => [$"steps {string.Join(", ", query.Steps.Select(step => step.Event))}", $"within {Days(query.ConversionWindowDays)}"],
            QueryKind.Retention => [$"users who start with {EventName(query.Retention!.StartEvent)} and come back with {EventName(query.Retention.ReturnEvent)}"],
            QueryKind.Trend => [$"by {query.Interval.ToString().ToLowerInvariant()}"],
            _ => Array.Empty<string>(),
        });
        parts.AddRange(query.Filters.Select(Filter));
        if (query.Shares is not null)
        {
            parts.Add("with the share of each in the total");
        }

        if (query is { Limit: { } limit, Kind: not QueryKind.List })
        {
            parts.Add($"{(query.Ascending ? "lowest" : "highest")} {limit.ToString(CultureInfo.InvariantCulture)}");
        }

        if (query.Kind is not (QueryKind.List or QueryKind.Cohort))
        {
            parts.Add(Dates(query.Range.Resolve(today)));
        }

        if (query.CompareTo is { } earlier)
        {
            parts.Add("against " + Dates(earlier.Resolve(today)));
        }

        return string.Join("; ", parts) + ".";
    }

    public static string Measure(Measure measure) => (measure.Aggregation, measure.Event, measure.Property) switch
    {
        (Aggregation.UniqueUsers, SpecialEvents.AnyActive, _) => "active users",
        (Aggregation.UniqueUsers, SpecialEvents.NewUser, _) => "new users",
        (Aggregation.UniqueUsers, var name, _) => $"users who did {name}",
        (Aggregation.Totals, SpecialEvents.AnyActive, _) => "active events",
        (Aggregation.Totals, var name, _) => $"{EventName(name)} events",
        (Aggregation.AveragePerUser, SpecialEvents.AnyActive, _) => "active events per user",
        (Aggregation.AveragePerUser, var name, _) => $"{EventName(name)} events per user",
        (Aggregation.ActivePercent, var name, _) => $"share of active users who did {EventName(name)}",
        (Aggregation.PropertySum, var name, var property) => $"sum of {property} of {name}",
        (Aggregation.PropertyAverage, var name, var property) => $"average {property} of {name}",
        (Aggregation.PropertyMinimum, var name, var property) => $"smallest {property} of {name}",
        (Aggregation.PropertyMaximum, var name, var property) => $"largest {property} of {name}",
        (Aggregation.PropertyMedian, var name, var property) => $"median {property} of {name}",
        _ => measure.Event,
    };

    public static string EventName(string name) => name switch
    {
        SpecialEvents.AnyActive => "any active event",
        SpecialEvents.NewUser => "a first event",
        _ => name,
    };

    public static string RangeName(DateRange range) => range switch
    {
        { Last: { } last, Unit: Interval.Day, Offset: 0 } => $"the last {Days(last)}, today included",
        { Last: { } last, Unit: Interval.Day, Offset: var offset } => $"the {Days(last)} that ended {Days(offset)} ago",
        { Last: { } last, Unit: var unit, Offset: 0 } => $"the last {Count(last, unit)}, the current one included",
        { Last: { } last, Unit: var unit, Offset: var offset } => $"{Count(last, unit)}, ending {Count(offset, unit)} ago",
        _ => "the dates shown",
    };

    public static string Dates((DateOnly Start, DateOnly End) range)
    {
        var (start, end) = range;
        if (start == end)
        {
            return Date(end);
        }

        return start.Year == end.Year && start.Month == end.Month
            ? $"{start.Day.ToString(CultureInfo.InvariantCulture)}\u2013{Date(end)}"
            : $"{(start.Year == end.Year ? Day(start) : Date(start))} \u2013 {Date(end)}";
    }

    private static string RetentionTitle(AnalysisQuery query)
    {
        var unit = query.Interval.ToString();
        return query.Retention!.Day is { } day ? $"{unit} {day.ToString(CultureInfo.InvariantCulture)} retention" : $"Retention by {unit.ToLowerInvariant()}";
    }

    private static string Split(AnalysisQuery query) => query switch
    {
        { Segments.Count: > 0 } => $": {string.Join(" and ", query.Segments.Select(segment => segment.Name))}",
        { GroupBy.Count: > 0 } => $" by {Join(query.GroupBy.Select(group => group.Property))}",
        _ => "",
    };

    public static string Filter(PropertyFilter filter)
    {
        var verb = filter.Operator switch
        {
            FilterOperator.Is => "is",
            FilterOperator.IsNot => "is not",
            FilterOperator.Contains => "contains",
            FilterOperator.DoesNotContain => "does not contain",
            FilterOperator.Greater => "over",
            FilterOperator.GreaterOrEqual => "at least",
            FilterOperator.Less => "under",
            FilterOperator.LessOrEqual => "at most",
            _ => throw new InvalidOperationException($"No words for {filter.Operator}."),
        };
        return $"{filter.Property} {verb} {string.Join(" or ", filter.Values)}";
    }

    private static string Date(DateOnly day) => $"{Day(day)} {day.Year.ToString(CultureInfo.InvariantCulture)}";

    private static string Day(DateOnly day) => $"{day.Day.ToString(CultureInfo.InvariantCulture)} {Calendar.MonthName(day.Month)[..3]}";

    private static string Days(int count) => Count(count, Interval.Day);

    private static string Count(int count, Interval unit) => $"{count.ToString(CultureInfo.InvariantCulture)} {unit.ToString().ToLowerInvariant()}{(count == 1 ? "" : "s")}";

    private static string Join(IEnumerable<string> names) => string.Join(" and ", names);

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
