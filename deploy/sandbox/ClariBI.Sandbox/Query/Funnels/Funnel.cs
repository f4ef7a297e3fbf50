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

        var farthest = new FarthestPaths(query);
        foreach (var user in Users(events.Read(query, segment)))
        {
            foreach (var group in farthest.Of(user).GroupBy(path => path.Group))
            {
                if (!results.TryGetValue(group.Key, out var result))
                {
                    result = results[group.Key] = new(segmentIndex, group.Key);
                }

                foreach (var (_, interval, path) in group)
                {
                    (result.Intervals.TryGetValue(interval, out var paths) ? paths : result.Intervals[interval] = []).Add(path);
                }

                result.Paths.Add(group.OrderByDescending(path => path.Times.Length).ThenBy(path => path.Interval).First().Times);
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
}
