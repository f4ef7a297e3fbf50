namespace ClariBI.Sandbox.Query.Segmentations;

internal sealed record SegmentationQuery(string Name, DateRange Range, Segment[] Segments, GroupKey[] GroupBy, EventRef[] Events, Metric Metric, string? Formula)
    : ChartQuery(Name, Range, Segments, GroupBy);

internal enum Metric
{
    Uniques, Totals, Average, ActivePercent, Frequency, PropertySum, PropertyAverage, PropertyMin, PropertyMax, PropertyMedian, PropertyCount, Formula,
}
