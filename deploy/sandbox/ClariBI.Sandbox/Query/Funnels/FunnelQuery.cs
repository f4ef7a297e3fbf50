namespace ClariBI.Sandbox.Query.Funnels;

internal sealed record FunnelQuery(string Name, DateRange Range, Segment[] Segments, GroupKey[] GroupBy, EventRef[] Steps)
    : ChartQuery(Name, Range, Segments, GroupBy)
{
    public static readonly decimal[] UsualPercentiles = [25, 75, 90, 95, 99];

    public required TimeSpan Window { get; init; }

    public FunnelOrder Order { get; init; }

    public FunnelMeasure Measure { get; init; }

    /// <summary>Later steps count only with the values these have on the first: the property held and the constant ones.</summary>
    public GroupKey[] Constant { get; init; } = [];

    public ExcludedEvent[] Excluded { get; init; } = [];

    public decimal[] Percentiles { get; init; } = UsualPercentiles;
}

/// <summary>Ends an attempt between step After (from 0) and the next one; -1 means between any two.</summary>
internal sealed record ExcludedEvent(EventRef Event, int After);

internal enum FunnelOrder
{
    Ordered, Unordered, Sequential,
}

internal enum FunnelMeasure
{
    Conversion, ConversionOverTime, TimeToConvert, TimeToConvertOverTime, StepCount,
}
