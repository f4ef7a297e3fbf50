using System.Runtime.InteropServices;
using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Query.Funnels;

/// <summary>The attempts that count, as the times at which they reached step 1, 2 …: over the whole range, and by interval of entry.</summary>
internal sealed record FunnelResult(int SegmentIndex, string? Group)
{
    public List<long[]> Paths { get; } = [];

    public Dictionary<int, List<long[]>> Intervals { get; } = [];
}

/// <summary>
/// Every first step inside the range is an attempt; later steps count until the window closes, even after the range.
/// A user counts once, by the earliest of the attempts that came farthest. Segments and groups look at the event an attempt starts with.
/// </summary>
internal sealed class Funnel(Workspace workspace, Project project)
{
    private readonly FunnelEvents events = new(workspace.Events(project), project);

    public List<FunnelResult> Run(FunnelQuery query, int groupLimit) =>
        [.. query.Segments.SelectMany((segment, index) => Run(query, segment, index).OrderByDescending(result => result.Paths.Count).ThenBy(result => result.Group, StringComparer.Ordinal).Take(groupLimit))];

    private Dictionary<string, FunnelResult>.ValueCollection Run(FunnelQuery query, Segment segment, int segmentIndex)
    {
        var results = new Dictionary<string, FunnelResult>();
        if (query.GroupBy.Length == 0)
        {
            results[""] = new(segmentIndex, null);
        }

        var walk = new FunnelWalk(query);
        foreach (var user in Users(events.Read(query, segment)))
        {
            foreach (var group in walk.Attempts(user).GroupBy(attempt => attempt.Start.Group))
            {
                if (!results.TryGetValue(group.Key, out var result))
                {
                    result = results[group.Key] = new(segmentIndex, group.Key);
                }

                Count(query.Range, group, result);
            }
        }

        return results.Values;
    }

    private static IEnumerable<FunnelEvent[]> Users(List<FunnelEvent> all)
    {
        for (var from = 0; from < all.Count;)
        {
            var until = from + 1;
            var canStart = all[from].MayStart;
            for (; until < all.Count && all[until].User == all[from].User; until++)
            {
                canStart |= all[until].MayStart;
            }

            if (canStart)
            {
                yield return CollectionsMarshal.AsSpan(all)[from..until].ToArray();
            }

            from = until;
        }
    }

    private static void Count(DateRange range, IEnumerable<FunnelAttempt> attempts, FunnelResult result)
    {
        long[] best = [];
        foreach (var interval in attempts.GroupBy(attempt => Position(range, attempt.Start.At)))
        {
            var farthest = interval.MaxBy(attempt => attempt.Times.Length).Times;
            (result.Intervals.TryGetValue(interval.Key, out var paths) ? paths : result.Intervals[interval.Key] = []).Add(farthest);
            best = farthest.Length > best.Length ? farthest : best;
        }

        result.Paths.Add(best);
    }

    /// <summary>Which interval of the range a moment lies in.</summary>
    private static int Position(DateRange range, long microseconds)
    {
        var local = DateRange.Local(DateTime.UnixEpoch.AddMicroseconds(microseconds), range.Zone);
        var (low, high) = (0, range.Buckets.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = range.Buckets[middle] <= local ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
