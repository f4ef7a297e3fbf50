namespace ClariBI.Sandbox.Query.Funnels;

internal sealed record FunnelQuery(string Name, DateRange Range, Segment[] Segments, GroupKey[] GroupBy, EventRef[] Steps, TimeSpan Window, bool IsOrdered)
    : ChartQuery(Name, Range, Segments, GroupBy);
