namespace ClariBI.Sandbox.Query.Stickiness;

internal sealed record StickinessQuery(string Name, DateRange Range, Segment[] Segments, GroupKey[] GroupBy, EventRef[] Events)
    : ChartQuery(Name, Range, Segments, GroupBy)
{
    /// <summary>The most days there can be in an interval.</summary>
    public int Days => Range.Interval == Interval.Week ? 7 : 31;
}
