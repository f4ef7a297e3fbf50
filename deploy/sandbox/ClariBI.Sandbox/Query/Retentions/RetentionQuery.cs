namespace ClariBI.Sandbox.Query.Retentions;

internal sealed record RetentionQuery(string Name, DateRange Range, Segment[] Segments, GroupKey[] GroupBy, EventRef Start)
    : ChartQuery(Name, Range, Segments, GroupBy)
{
    public required EventRef[] Returns { get; init; }

    public RetentionMethod Method { get; init; }

    public (int From, int Until)[] Brackets { get; init; } = [];

    /// <summary>Asks how far apart the intervals are that users return in, rather than who returns.</summary>
    public bool IsUsageInterval { get; init; }
}

internal enum RetentionMethod
{
    Rolling, NDay, Bracket, NDayOrBefore,
}
