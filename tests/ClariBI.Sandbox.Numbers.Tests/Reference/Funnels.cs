namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>One way into a funnel: the event it began with and the moments its steps were reached.</summary>
internal sealed record Attempt(ExportedEvent First, DateTime[] Reached)
{
    public int Depth => Reached.Length;
}

/// <summary>Charts of how far users come. Every way in is tried, by walking through the user's events.</summary>
internal sealed class Funnels(EventFile file, Chart chart, Segments segments, DateTime now)
{
    public List<Attempt> Attempts(Segment segment) =>
        [.. file.ByUser.SelectMany(user => OfUser([.. user], segment)).OrderBy(attempt => attempt.First.Order)];

    /// <summary>A user counts once, by the earliest of the attempts that came farthest.</summary>
    public static List<Attempt> Best(IEnumerable<Attempt> attempts) =>
        [.. attempts.GroupBy(attempt => attempt.First.User).Select(user => user.OrderByDescending(attempt => attempt.Depth).ThenBy(attempt => attempt.First.Order).First()).Where(attempt => attempt.Depth > 0)];

    public static int[] Counts(IReadOnlyCollection<Attempt> best, int steps) => [.. Enumerable.Range(1, steps).Select(step => best.Count(attempt => attempt.Depth >= step))];

    /// <summary>Milliseconds from the step before, of those who reached the step.</summary>
    public static double[] Times(IEnumerable<Attempt> best, int step) =>
        step == 0 ? [] : [.. best.Where(attempt => attempt.Depth > step).Select(attempt => (attempt.Reached[step] - attempt.Reached[step - 1]).TotalMilliseconds)];

    /// <summary>The smallest value with at least this share of the values at or below it.</summary>
    public static double Percentile(double[] values, double percent)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : sorted[Math.Max(0, (int)Math.Ceiling(Math.Round(percent / 100 * sorted.Length, 9)) - 1)];
    }

    private IEnumerable<Attempt> OfUser(ExportedEvent[] history, Segment segment)
    {
        for (var at = 0; at < history.Length; at++)
        {
            var first = history[at];
            if (!chart.Range.Has(first) || !(chart.Mode == "unordered" ? chart.Events : chart.Events.Take(1)).Any(step => step.Matches(first, file)) || !segments.Has(segment, first))
            {
                continue;
            }

            var rest = history.Skip(at).TakeWhile(item => item.Time <= first.Time + chart.Window && item.Time <= now).ToArray();
            yield return new(first, chart.Mode switch
            {
                "sequential" => [.. Sequential(rest)],
                "unordered" => [.. Unordered(rest)],
                _ => [.. Ordered(rest)],
            });
        }
    }

    private IEnumerable<DateTime> Ordered(ExportedEvent[] rest)
    {
        yield return rest[0].Time;
        var step = 1;
        foreach (var item in rest.Skip(1))
        {
            if (step < chart.Events.Length && chart.Events[step].Matches(item, file) && Holds(rest[0], item))
            {
                step++;
                yield return item.Time;
            }
            else if (IsExcluded(item, step - 1))
            {
                yield break;
            }
        }
    }

    private IEnumerable<DateTime> Sequential(ExportedEvent[] rest) =>
        rest.Zip(chart.Events).TakeWhile((pair, index) => index == 0 || (pair.Second.Matches(pair.First, file) && Holds(rest[0], pair.First))).Select(pair => pair.First.Time);

    private IEnumerable<DateTime> Unordered(ExportedEvent[] rest)
    {
        var latest = DateTime.MinValue;
        foreach (var step in chart.Events)
        {
            var found = rest.FirstOrDefault(item => step.Matches(item, file) && Holds(rest[0], item));
            if (found is null)
            {
                yield break;
            }

            latest = found.Time > latest ? found.Time : latest;
            yield return latest;
        }
    }

    private bool Holds(ExportedEvent first, ExportedEvent later) => chart.Held.All(property => first.Label(property) == later.Label(property));

    private bool IsExcluded(ExportedEvent item, int after) => chart.Excluded.Any(excluded => (excluded.After == -1 || excluded.After == after) && excluded.Event.Matches(item, file));
}
