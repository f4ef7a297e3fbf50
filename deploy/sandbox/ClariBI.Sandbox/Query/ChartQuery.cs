namespace ClariBI.Sandbox.Query;

/// <summary>What both forms of a chart, typed and raw, mean.</summary>
internal abstract record ChartQuery(string Name, DateRange Range, Segment[] Segments, GroupKey[] GroupBy)
{
    /// <summary>How the chart is to be drawn; kept, and without influence on numbers.</summary>
    public string? Vis { get; init; }

    /// <summary>Whether the names of several events tell its series apart, even where there are none.</summary>
    public virtual bool NamesEvents => false;
}

/// <summary>
/// One of the special names (_active, _new, _all, _any_revenue_event), an event type, or, with members, a name for any of them.
/// Property metrics measure the first group-by of the event.
/// </summary>
internal sealed record EventRef(string Name, Filter[] Filters, GroupKey[] GroupBy)
{
    /// <summary>Stands for a comparison of the ten most frequent events.</summary>
    public const string Popular = "$popularEvents";

    public EventRef[] Members { get; init; } = [];

    /// <summary>Each member is a series of its own.</summary>
    public bool IsComparison { get; init; }
}

internal sealed record Filter(string Property, string Scope, string Op, string[] Values);

internal sealed record GroupKey(string Property, string Scope);

internal sealed record Segment(string Name, Filter[] Filters, CohortFilter[] Cohorts)
{
    public static readonly Segment Everyone = new("All Users", [], []);

    public Performed[] Performed { get; init; } = [];
}

internal sealed record CohortFilter(string CohortId, bool IsIn);

/// <summary>Users who did the event so many times. Op is a SQL comparison; Days is the length of a rolling window.</summary>
internal sealed record Performed(EventRef Event, string Op, int Count, PerformedTime Time, int Days, bool ExcludesCurrent);

internal enum PerformedTime
{
    EachInterval, Rolling, AllTime,
}

internal enum Interval
{
    FiveMinutes, Hour, Day, Week, Month, Quarter,
}
