namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>An event with its filters and groups; AnyOf makes it any of several.</summary>
internal sealed record EventSpec(string Name, Filter[] Where, Property[] GroupBy)
{
    public EventSpec[]? AnyOf { get; init; }

    public static EventSpec Any { get; } = new("_active", [], []);
}

/// <summary>The user did an event so often, near the event counted.</summary>
internal sealed record Performed(EventSpec Event, string Op, double Count, string TimeType, int Days, bool ExcludesCurrent);

internal sealed record CohortCondition(string Id, bool IsIn);

/// <summary>A segment without a name is labelled by the sandbox.</summary>
internal sealed record Segment(string? Name, Filter[] Where, Performed[] Performed, CohortCondition[] Cohorts);

/// <summary>What a chart asks for, whichever form it was written in.</summary>
internal sealed record Chart(string Kind, EventSpec[] Events, Segment[] Segments, Property[] GroupBy, string Interval, DateRange Range, Calendar Calendar)
{
    public string Metric { get; init; } = "";

    public string? Formula { get; init; }

    public int Rolling { get; init; } = 1;

    public bool Cumulative { get; init; }

    public string? PeriodOverPeriod { get; init; }

    public (double Min, double Max, double Size)? Bin { get; init; }

    public string Mode { get; init; } = "ordered";

    public TimeSpan Window { get; init; } = TimeSpan.FromDays(30);

    public Property[] Held { get; init; } = [];

    public (EventSpec Event, int After)[] Excluded { get; init; } = [];

    public double[] Percentiles { get; init; } = [25, 75, 90, 95, 99];

    public EventSpec Start { get; init; } = new("_new", [], []);

    public EventSpec[] Returns { get; init; } = [EventSpec.Any];

    public (int From, int Until)[] Brackets { get; init; } = [];

    /// <summary>What a funnel or a retention chart shows: as conversion, time_to_convert, usage_interval.</summary>
    public string? Measure { get; init; }

    public int GroupByLimit { get; init; } = 10;

    public int TimeSeriesLimit { get; init; } = 3;

    public bool ExcludesIncomplete { get; init; }

    public string? RevenueProperty { get; init; }

    public DateTime[] Intervals => Calendar.Intervals(Range.From, Range.To, Interval);
}
