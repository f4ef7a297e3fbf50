namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>Whether an event lies in a segment: its own properties, its user's cohorts, what its user did near its interval.</summary>
internal sealed class Segments(EventFile file, Chart chart, DateTime now, Func<string, HashSet<string>> cohort)
{
    private readonly Dictionary<Performed, Dictionary<string, DateTime[]>> times = [];

    public bool Has(Segment segment, ExportedEvent item) => Has(segment, item, item.Time);

    /// <summary>Performed conditions look at the interval of the moment given.</summary>
    public bool Has(Segment segment, ExportedEvent item, DateTime moment) =>
        segment.Where.All(filter => Filters.Holds(filter, item, file))
        && segment.Cohorts.All(condition => cohort(condition.Id).Contains(item.User) == condition.IsIn)
        && segment.Performed.All(performed => Did(performed, item.User, moment));

    private bool Did(Performed performed, string user, DateTime moment)
    {
        var start = chart.Calendar.Start(moment, chart.Interval);
        var (from, to) = performed.TimeType switch
        {
            "allTime" => (DateTime.MinValue, now.AddTicks(1)),
            "rolling" => Rolling(performed, start),
            _ => (chart.Calendar.Utc(start), chart.Calendar.End(start, chart.Interval)),
        };
        var count = Times(performed).GetValueOrDefault(user, []).Count(time => time >= from && time < to);
        return Compare(performed.Op, count, performed.Count);
    }

    private (DateTime From, DateTime To) Rolling(Performed performed, DateTime start)
    {
        var end = performed.ExcludesCurrent ? start : Calendar.Move(start, chart.Interval, 1);
        return (chart.Calendar.Utc(end.AddDays(-performed.Days)), chart.Calendar.Utc(end));
    }

    private Dictionary<string, DateTime[]> Times(Performed performed)
    {
        if (!times.TryGetValue(performed, out var known))
        {
            times[performed] = known = file.All.Where(item => performed.Event.Matches(item, file)).GroupBy(item => item.User)
                .ToDictionary(group => group.Key, group => group.Select(item => item.Time).ToArray());
        }

        return known;
    }

    public static bool Compare(string op, double left, double right) => op switch
    {
        ">=" or "greater or equal" => left >= right,
        ">" or "greater" => left > right,
        "<=" or "less or equal" => left <= right,
        "<" or "less" => left < right,
        "=" or "is" => left == right,
        "!=" or "is not" => left != right,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, null),
    };
}
