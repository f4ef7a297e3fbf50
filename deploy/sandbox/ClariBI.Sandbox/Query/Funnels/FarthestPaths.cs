using System.Runtime.InteropServices;

namespace ClariBI.Sandbox.Query.Funnels;

/// <summary>For each group and interval a user made attempts in, the earliest of those that came farthest.</summary>
internal sealed class FarthestPaths(FunnelQuery query)
{
    private readonly FunnelWalk walk = new(query);
    private readonly IntervalPositions positions = new(query.Range);
    private readonly long[] times = new long[query.Steps.Length];
    private readonly Dictionary<(string Group, int Interval), long[]?> farthest = [];

    public IEnumerable<(string Group, int Interval, long[] Times)> Of(FunnelEvent[] user)
    {
        farthest.Clear();
        walk.Enter(user);
        for (var start = 0; start < user.Length; start++)
        {
            if (user[start].MayStart)
            {
                Try(user[start], start);
            }
        }

        return farthest.Where(pair => pair.Value is not null).Select(pair => (pair.Key.Group, pair.Key.Interval, pair.Value!));
    }

    private void Try(FunnelEvent first, int start)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(farthest, (first.Group, positions.Of(first.At)), out _);
        var best = known?.Length ?? 0;
        if (best < times.Length && walk.Reach(start, times) is var reached && reached > best)
        {
            known = times[..reached];
        }
    }
}
