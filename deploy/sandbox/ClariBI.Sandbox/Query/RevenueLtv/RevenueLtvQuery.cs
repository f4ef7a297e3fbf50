namespace ClariBI.Sandbox.Query.RevenueLtv;

/// <summary>Revenue is the named property of events that fit.</summary>
internal sealed record RevenueLtvQuery(string Name, DateRange Range, Segment[] Segments, GroupKey[] GroupBy, EventRef Event)
    : ChartQuery(Name, Range, Segments, GroupBy)
{
    public required GroupKey Revenue { get; init; }

    public RevenueMetric Metric { get; init; }
}

/// <summary>In the order of the numbers that raw definitions give them.</summary>
internal enum RevenueMetric
{
    PerUser, PerPayer, Total, Payers,
}
