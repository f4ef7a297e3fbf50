namespace ClariBI.Sandbox.Query.DataTables;

/// <summary>Columns are metrics; rows are the groups of properties (GroupBy), the intervals of time, or both.</summary>
internal sealed record DataTableQuery(string Name, DateRange Range, Segment[] Segments, GroupKey[] GroupBy, bool ByTime, TableColumn[] Columns)
    : ChartQuery(Name, Range, Segments, GroupBy);

internal sealed record TableColumn(string Label, string MetricType, EventRef[] Events)
{
    public string? Formula { get; init; }

    /// <summary>What property metrics measure.</summary>
    public GroupKey? Measured { get; init; }

    public string SessionMeasure { get; init; } = "TOTALS";

    public int ConversionSeconds { get; init; }
}
