using System.Globalization;
using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Query.Funnels;

/// <summary>How far users of one segment and group came. Series are per interval of entry.</summary>
internal sealed record FunnelResult(int SegmentIndex, string? Group, long[] Reached, List<long>[] TransitionMilliseconds, SortedDictionary<DateTime, (long[] Reached, List<long>[] Transitions)> Days);

/// <summary>
/// Every first step inside the range is an attempt; later steps count until the window closes, even after the range.
/// A user counts once, by the earliest of the attempts that came farthest. Segments and groups look at the event an attempt starts with.
/// </summary>
internal sealed class Funnel(Workspace workspace, Project project)
{
    private readonly EventStore store = workspace.Events(project);

    public List<FunnelResult> Run(FunnelQuery query, int groupLimit) =>
        [.. query.Segments.SelectMany((segment, index) => Run(query, segment, index).OrderByDescending(result => result.Reached[0]).ThenBy(result => result.Group, StringComparer.Ordinal).Take(groupLimit))];

    private Dictionary<string, FunnelResult>.ValueCollection Run(FunnelQuery query, Segment segment, int segmentIndex)
    {
        var results = new Dictionary<string, FunnelResult>();
        if (query.GroupBy.Length == 0)
        {
            results[""] = Empty(query, segmentIndex, null);
        }

        foreach (var user in Steps(query, segment).GroupBy(step => step.User))
        {
            foreach (var group in Attempts(query, [.. user]).GroupBy(attempt => attempt.Group))
            {
                if (!results.TryGetValue(group.Key, out var result))
                {
                    result = results[group.Key] = Empty(query, segmentIndex, group.Key);
                }

                Count(Best(group), result.Reached, result.TransitionMilliseconds);
                foreach (var day in group.GroupBy(attempt => query.Range.Floor(DateRange.Local(attempt.Start, query.Range.Zone))))
                {
                    var (reached, transitions) = result.Days[day.Key];
                    Count(Best(day), reached, transitions);
                }
            }
        }

        return results.Values;
    }

    private List<Step> Steps(FunnelQuery query, Segment segment)
    {
        var range = query.Range;
        var sql = new Sql(store.Properties, project, range.Now);
        var conditions = query.Steps.Select(sql.Event).ToArray();
        var mask = string.Join(" + ", conditions.Select((condition, index) => string.Create(CultureInfo.InvariantCulture, $"CASE WHEN {condition} THEN {1 << index} ELSE 0 END")));
        var label = query.GroupBy.Length == 0 ? "''" : string.Join(" || '; ' || ", query.GroupBy.Select(sql.Label));
        var until = range.End + query.Window < range.Now ? range.End + query.Window : range.Now;
        var text = $"""
            SELECT uid, ts, mask, may_start, label FROM (
              SELECT uid, seq, ts, {mask} AS mask, {sql.InSegment(segment, range)} AND ts < {sql.Value(range.End)} AS may_start, {label} AS label
              FROM events WHERE {sql.Between(range.Start, until)})
            WHERE mask > 0 ORDER BY uid, seq
            """;
        return store.Read(text, sql.Parameters, reader => new Step(reader.GetInt64(0), reader.GetDateTime(1), reader.GetInt32(2), reader.GetBoolean(3), query.GroupBy.Length == 0 ? "" : reader.GetString(4)));
    }

    private static IEnumerable<Attempt> Attempts(FunnelQuery query, Step[] steps)
    {
        for (var start = 0; start < steps.Length; start++)
        {
            if (!steps[start].MayStart || (query.IsOrdered && (steps[start].Mask & 1) == 0))
            {
                continue;
            }

            var times = query.IsOrdered ? InOrder(query, steps, start) : AnyOrder(query, steps, start);
            if (times.Count > 0)
            {
                yield return new(steps[start].At, steps[start].Group, times);
            }
        }
    }

    /// <summary>Times at which each step was reached: always the next event that fits, which is never worse than a later one.</summary>
    private static List<DateTime> InOrder(FunnelQuery query, Step[] steps, int start)
    {
        var times = new List<DateTime> { steps[start].At };
        var closes = steps[start].At + query.Window;
        for (var next = start + 1; next < steps.Length && times.Count < query.Steps.Length && steps[next].At <= closes; next++)
        {
            if ((steps[next].Mask & (1 << times.Count)) != 0)
            {
                times.Add(steps[next].At);
            }
        }

        return times;
    }

    /// <summary>Step k is reached when steps 1 to k all happened within the window, in whatever order.</summary>
    private static List<DateTime> AnyOrder(FunnelQuery query, Step[] steps, int start)
    {
        var first = new DateTime?[query.Steps.Length];
        var closes = steps[start].At + query.Window;
        for (var next = start; next < steps.Length && steps[next].At <= closes; next++)
        {
            for (var step = 0; step < first.Length; step++)
            {
                first[step] ??= (steps[next].Mask & (1 << step)) != 0 ? steps[next].At : null;
            }
        }

        var times = new List<DateTime>();
        foreach (var at in first.TakeWhile(at => at is not null))
        {
            times.Add(times.Count == 0 || at!.Value > times[^1] ? at!.Value : times[^1]);
        }

        return times;
    }

    private static Attempt Best(IEnumerable<Attempt> attempts) => attempts.MaxBy(attempt => attempt.Times.Count)!;

    private static void Count(Attempt attempt, long[] reached, List<long>[] transitions)
    {
        for (var step = 0; step < attempt.Times.Count; step++)
        {
            reached[step]++;
            if (step > 0)
            {
                transitions[step].Add((long)(attempt.Times[step] - attempt.Times[step - 1]).TotalMilliseconds);
            }
        }
    }

    private static FunnelResult Empty(FunnelQuery query, int segmentIndex, string? group)
    {
        var days = query.Range.Buckets.ToDictionary(bucket => bucket, _ => (new long[query.Steps.Length], Lists(query)));
        return new(segmentIndex, group, new long[query.Steps.Length], Lists(query), new(days));
    }

    private static List<long>[] Lists(FunnelQuery query) => [.. query.Steps.Select(_ => new List<long>())];

    private readonly record struct Step(long User, DateTime At, int Mask, bool MayStart, string Group);

    private sealed record Attempt(DateTime Start, string Group, List<DateTime> Times);
}
