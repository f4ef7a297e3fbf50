namespace ClariBI.Sandbox.Query.Segmentations;

internal sealed record SegmentationQuery(string Name, DateRange Range, Segment[] Segments, GroupKey[] GroupBy, EventRef[] Events, Metric Metric, string? Formula)
    : ChartQuery(Name, Range, Segments, GroupBy)
{
    public override bool NamesEvents => Events.Length > 1 && Metric != Metric.Formula;

    public Window Window { get; init; } = new(WindowKind.None, 1);

    /// <summary>Compared with an earlier range; null where it is not.</summary>
    public Period? Period { get; init; }

    /// <summary>How many groups of each event and segment are wanted, the largest first.</summary>
    public int Groups { get; init; } = int.MaxValue;

    /// <summary>Bins of a histogram; null makes ten equal ones.</summary>
    public Bin? Bin { get; init; }
}

/// <summary>Which intervals a value looks at. Length counts the interval itself.</summary>
internal sealed record Window(WindowKind Kind, int Length)
{
    /// <summary>A window of one interval looks at no other, nor at what lies before the range.</summary>
    public bool IsNone => Kind == WindowKind.None || (Kind != WindowKind.Cumulative && Length == 1);
}

internal enum WindowKind
{
    None, Rolling, RollingAverage, Cumulative,
}

internal enum Period
{
    Period, Parent, Grandparent, Quarter,
}

internal sealed record Bin(double Min, double Max, double Size);

internal enum Metric
{
    Uniques, Totals, Average, ActivePercent, Frequency,
    PropertySum, PropertyAverage, PropertyMin, PropertyMax, PropertyMedian, PropertyCount, PropertyCountAverage, Histogram,
    Formula,
}
