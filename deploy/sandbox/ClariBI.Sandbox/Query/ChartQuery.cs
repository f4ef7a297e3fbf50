namespace ClariBI.Sandbox.Query;

/// <summary>What both forms of a chart, typed and raw, mean.</summary>
internal abstract record ChartQuery(string Name, DateRange Range, Segment[] Segments, GroupKey[] GroupBy);

internal sealed record SegmentationQuery(string Name, DateRange Range, Segment[] Segments, GroupKey[] GroupBy, EventRef[] Events, Metric Metric, string? Formula)
    : ChartQuery(Name, Range, Segments, GroupBy);

internal sealed record FunnelQuery(string Name, DateRange Range, Segment[] Segments, GroupKey[] GroupBy, EventRef[] Steps, TimeSpan Window, bool IsOrdered)
    : ChartQuery(Name, Range, Segments, GroupBy);

internal sealed record RetentionQuery(
    string Name, DateRange Range, Segment[] Segments, GroupKey[] GroupBy, EventRef Start, EventRef[] Returns, RetentionMethod Method, (int From, int Until)[] Brackets)
    : ChartQuery(Name, Range, Segments, GroupBy);

internal sealed record SessionsQuery(string Name, DateRange Range, Segment[] Segments, GroupKey[] GroupBy, SessionMeasure Measure)
    : ChartQuery(Name, Range, Segments, GroupBy);

/// <summary>One of the special names (_active, _new, _all, _any_revenue_event) or an event type. Property metrics measure the first group-by of the event.</summary>
internal sealed record EventRef(string Name, Filter[] Filters, GroupKey[] GroupBy);

internal sealed record Filter(string Property, string Scope, string Op, string[] Values);

internal sealed record GroupKey(string Property, string Scope);

internal sealed record Segment(string Name, Filter[] Filters, CohortFilter[] Cohorts)
{
    public static readonly Segment Everyone = new("All Users", [], []);
}

internal sealed record CohortFilter(string CohortId, bool IsIn);

internal enum Metric
{
    Uniques, Totals, Average, ActivePercent, Frequency, PropertySum, PropertyAverage, PropertyMin, PropertyMax, PropertyMedian, PropertyCount, Formula,
}

internal enum RetentionMethod
{
    NDay, Rolling, Bracket,
}

internal enum SessionMeasure
{
    Total, AverageLength, PerUser,
}

internal enum Interval
{
    Hour, Day, Week, Month, Quarter,
}
