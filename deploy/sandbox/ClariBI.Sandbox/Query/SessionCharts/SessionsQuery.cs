namespace ClariBI.Sandbox.Query.SessionCharts;

/// <summary>Each entry is an event, with filters: those that fit make up the sessions of a series.</summary>
internal sealed record SessionsQuery(string Name, DateRange Range, Segment[] Segments, GroupKey[] GroupBy, EventRef[] Entries)
    : ChartQuery(Name, Range, Segments, GroupBy)
{
    public SessionMeasure Measure { get; init; }
}

internal enum SessionMeasure
{
    Total, AverageLength, Lengths, PerUser, TotalTime, TimePerUser, EventsPerSession, TotalEvents, EventCounts,
}
