namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>A user's session: the events of it that fit, in order.</summary>
internal sealed record Session(ExportedEvent[] Events)
{
    public ExportedEvent First => Events[0];

    public double Seconds => (Events[^1].Time - Events[0].Time).TotalSeconds;
}

/// <summary>Charts of visits.</summary>
internal sealed class Sessions(EventFile file, Chart chart, Segments segments)
{
    private static readonly double[] Bins = [0, 3, 10, 30, 60, 180, 600, 1800, 3600, 86400];
    private readonly DateTime[] starts = chart.Intervals;

    /// <summary>Performed conditions look at the first of the events that fit the entry and what else the segment asks.</summary>
    public IEnumerable<Series> Rows(EventSpec spec, Segment segment, string? name)
    {
        var (plain, performed) = (segment with { Performed = [] }, segment with { Where = [], Cohorts = [] });
        var groups = file.All.Where(item => item.Session > 0 && spec.Matches(item, file) && segments.Has(plain, item)).GroupBy(item => (item.User, item.Session))
            .Select(events => new Session([.. events])).Where(session => chart.Range.Has(session.First) && segments.Has(performed, session.First))
            .GroupBy(session => Grouping.Key(session.First, chart.GroupBy)).ToDictionary(group => group.Key, group => group.ToArray());
        if (chart.GroupBy.Length == 0 && groups.Count == 0 && !IsDistribution)
        {
            groups[""] = [];
        }

        return groups.SelectMany(group => Rows(name, chart.GroupBy.Length == 0 ? [] : Grouping.Labels(group.Key), group.Value)).Ranked(chart.GroupByLimit);
    }

    public bool IsDistribution => chart.Metric is "length" or "eventCountDistribution";

    private IEnumerable<Series> Rows(string? name, string[] labels, Session[] sessions)
    {
        var byStart = sessions.ToLookup(session => chart.Calendar.Start(session.First.Time, chart.Interval));
        if (!IsDistribution)
        {
            yield return new(name, null, labels, [.. starts.Select(start => Measure([.. byStart[start]]))], Measure(sessions));
            yield break;
        }

        foreach (var bin in sessions.Select(Bin).Distinct())
        {
            yield return new(name, null, [.. labels, bin], [.. starts.Select(start => (double)byStart[start].Count(session => Bin(session) == bin))], sessions.Count(session => Bin(session) == bin));
        }
    }

    private string Bin(Session session)
    {
        if (chart.Metric == "eventCountDistribution")
        {
            return Frequency.Label(session.Events.Length);
        }

        var at = Array.FindLastIndex(Bins, bin => session.Seconds >= bin);
        at = Math.Min(at, Bins.Length - 2);
        return $"{Bins[at]}s-{Bins[at + 1]}s";
    }

    private double Measure(Session[] sessions)
    {
        var users = sessions.Select(session => session.First.User).Distinct().Count();
        return chart.Metric switch
        {
            "totalSessions" => sessions.Length,
            "average" => Metrics.Divide(sessions.Sum(session => session.Seconds), sessions.Length),
            "peruser" => Metrics.Divide(sessions.Length, users),
            "totalTime" => sessions.Sum(session => session.Seconds),
            "averageTimePerUser" => Metrics.Divide(sessions.Sum(session => session.Seconds), users),
            "averageEventsPerSession" => Metrics.Divide(sessions.Sum(session => session.Events.Length), sessions.Length),
            "totalEvents" => sessions.Sum(session => session.Events.Length),
            _ => throw new ArgumentOutOfRangeException(nameof(sessions), chart.Metric, null),
        };
    }
}
