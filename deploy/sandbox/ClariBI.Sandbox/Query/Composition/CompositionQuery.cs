namespace ClariBI.Sandbox.Query.Composition;

/// <summary>The only group is the user property that the active users are taken apart by.</summary>
internal sealed record CompositionQuery(string Name, DateRange Range, Segment[] Segments, GroupKey Property)
    : ChartQuery(Name, Range, Segments, [Property]);
