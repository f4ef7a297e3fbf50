namespace ClariBI.Sandbox.Query.Funnels;

/// <summary>
/// Walks through the events of one user. For every event it is looked up, not searched, where the next one of each step is, so that
/// a user with very many events costs no more than their number.
/// </summary>
internal sealed class FunnelWalk
{
    private readonly FunnelQuery query;
    private readonly int steps;
    private readonly long window;

    /// <summary>Bits of the events excluded before each step; those before the first one matter only where steps come in any order.</summary>
    private readonly long[] excludedBefore;

    private FunnelEvent[] events = [];

    /// <summary>For event i and step s, at i × steps + s: the next event that is the step, with the same constant properties.</summary>
    private int[] next = [];

    /// <summary>The same, for the next event that is excluded before the step.</summary>
    private int[] nextExcluded = [];

    public FunnelWalk(FunnelQuery query)
    {
        this.query = query;
        steps = query.Steps.Length;
        window = (long)query.Window.TotalMicroseconds;
        excludedBefore = new long[steps];
        foreach (var (excluded, index) in query.Excluded.Select((excluded, index) => (excluded, index)))
        {
            for (var step = 0; step < steps; step++)
            {
                excludedBefore[step] |= excluded.After == -1 || excluded.After == step - 1 ? 1L << (steps + index) : 0;
            }
        }
    }

    /// <summary>Takes the events of the next user, in order.</summary>
    public void Enter(FunnelEvent[] ofUser)
    {
        events = ofUser;
        LookUp();
    }

    /// <summary>How many steps the attempt that starts with this event reaches; times receives when.</summary>
    public int Reach(int start, long[] times) => query.Order == FunnelOrder.Unordered ? InAnyOrder(start, times) : InOrder(start, times);

    private void LookUp()
    {
        if (next.Length < events.Length * steps)
        {
            next = new int[events.Length * steps];
            nextExcluded = new int[events.Length * steps];
        }

        var byHeld = new Dictionary<string, int[]>();
        var excluded = Nowhere();
        for (var index = events.Length - 1; index >= 0; index--)
        {
            var held = events[index].Held;
            if (!byHeld.TryGetValue(held, out var seen))
            {
                seen = byHeld[held] = Nowhere();
            }

            seen.CopyTo(next, index * steps);
            excluded.CopyTo(nextExcluded, index * steps);
            for (var step = 0; step < steps; step++)
            {
                seen[step] = (events[index].Matches & (1L << step)) != 0 ? index : seen[step];
                excluded[step] = (events[index].Matches & excludedBefore[step]) != 0 ? index : excluded[step];
            }
        }
    }

    private int[] Nowhere()
    {
        var places = new int[steps];
        Array.Fill(places, int.MaxValue);
        return places;
    }

    /// <summary>Always the next event that fits, which is never worse than a later one.</summary>
    private int InOrder(int start, long[] times)
    {
        times[0] = events[start].At;
        var at = start;
        for (var step = 1; step < steps; step++)
        {
            var then = next[(at * steps) + step];
            if (!IsReached(start, at, step, then) || (query.Order == FunnelOrder.Sequential && events[then].Position != events[at].Position + 1))
            {
                return step;
            }

            times[step] = events[then].At;
            at = then;
        }

        return steps;
    }

    /// <summary>A step is reached when it and all before it have happened, in whatever order.</summary>
    private int InAnyOrder(int start, long[] times)
    {
        var at = start;
        for (var step = 0; step < steps; step++)
        {
            var first = (events[start].Matches & (1L << step)) != 0 ? start : next[(start * steps) + step];
            var then = Math.Max(at, first);
            if (!IsReached(start, at, step, then))
            {
                return step;
            }

            times[step] = events[then].At;
            at = then;
        }

        return steps;
    }

    private bool IsReached(int start, int at, int step, int then) =>
        then < events.Length && events[then].At - events[start].At <= window && nextExcluded[(at * steps) + step] >= then;
}
