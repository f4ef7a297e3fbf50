namespace ClariBI.Sandbox.Query.SessionCharts;

internal sealed record SessionsQuery(string Name, DateRange Range, Segment[] Segments, GroupKey[] GroupBy, SessionMeasure Measure)
    : ChartQuery(Name, Range, Segments, GroupBy);

internal enum SessionMeasure
{
    Total, AverageLength, PerUser,
}
