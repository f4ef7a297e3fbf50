namespace ClariBI.Sandbox.Query;

/// <summary>What both forms of a chart, typed and raw, mean.</summary>
internal abstract record ChartQuery(string Name, DateRange Range, Segment[] Segments, GroupKey[] GroupBy);

/// <summary>One of the special names (_active, _new, _all, _any_revenue_event) or an event type. Property metrics measure the first group-by of the event.</summary>
internal sealed record EventRef(string Name, Filter[] Filters, GroupKey[] GroupBy);

internal sealed record Filter(string Property, string Scope, string Op, string[] Values);

internal sealed record GroupKey(string Property, string Scope);

internal sealed record Segment(string Name, Filter[] Filters, CohortFilter[] Cohorts)
{
    public static readonly Segment Everyone = new("All Users", [], []);
}

internal sealed record CohortFilter(string CohortId, bool IsIn);

internal enum Interval
{
    Hour, Day, Week, Month, Quarter,
}
