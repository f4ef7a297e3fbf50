using System.Text.Json.Serialization;

namespace ClariBI.Contracts.AnalysisPlanner;

/// <summary>
/// One analytical question in typed form: what both engines produce, what a vendor adapter compiles, what a tile stores.
/// Names of events and properties are the vendor's own, checked against the project's taxonomy before anything is called.
/// </summary>
public sealed record AnalysisQuery
{
    public required QueryKind Kind { get; init; }

    /// <summary>What is counted. One or more for every kind but funnel, retention, cohort, saved chart and list.</summary>
    public IReadOnlyList<Measure> Measures { get; init; } = [];

    /// <summary>The steps of a funnel, in order; at least two for <see cref="QueryKind.Funnel"/>.</summary>
    public IReadOnlyList<FunnelStep> Steps { get; init; } = [];

    /// <summary>How long after the first step a user may take to finish a funnel.</summary>
    public int ConversionWindowDays { get; init; } = 7;

    public RetentionSpec? Retention { get; init; }

    /// <summary>All must hold.</summary>
    public IReadOnlyList<PropertyFilter> Filters { get; init; } = [];

    public IReadOnlyList<GroupBy> GroupBy { get; init; } = [];

    /// <summary>Named groups of users compared side by side; empty means everybody.</summary>
    public IReadOnlyList<Segment> Segments { get; init; } = [];

    public required DateRange Range { get; init; }

    /// <summary>The earlier range that <see cref="Range"/> is compared with; null when nothing is compared.</summary>
    public DateRange? CompareTo { get; init; }

    public Interval Interval { get; init; } = Interval.Day;

    /// <summary>How many groups to keep, largest first (or smallest, see <see cref="Ascending"/>); null keeps what the vendor returns.</summary>
    public int? Limit { get; init; }

    public bool Ascending { get; init; }

    /// <summary>For a breakdown that was asked for shares: the groups whose share comes first, empty where none was named; null where no shares were asked for.</summary>
    public IReadOnlyList<string>? Shares { get; init; }

    /// <summary>The cohort, saved chart or kind of thing to list, by the vendor's id.</summary>
    public string? ObjectId { get; init; }

    /// <summary>Its name, for people.</summary>
    public string? ObjectName { get; init; }
}

[JsonConverter(typeof(SnakeCaseEnumConverter<QueryKind>))]
public enum QueryKind
{
    Trend,
    Breakdown,
    Comparison,
    Funnel,
    Retention,
    Sessions,
    SingleValue,
    Cohort,
    SavedChart,
    List,
}

/// <param name="Event">The vendor's event name, or <see cref="SpecialEvents"/>.</param>
/// <param name="Property">Needed by the property aggregations.</param>
public sealed record Measure(string Event, Aggregation Aggregation, string? Property = null)
{
    /// <summary>Filters on this measure's event only.</summary>
    public IReadOnlyList<PropertyFilter> Filters { get; init; } = [];
}

public static class SpecialEvents
{
    /// <summary>Any active event.</summary>
    public const string AnyActive = "_active";

    /// <summary>A user's first event.</summary>
    public const string NewUser = "_new";
}

[JsonConverter(typeof(SnakeCaseEnumConverter<Aggregation>))]
public enum Aggregation
{
    UniqueUsers,
    Totals,
    AveragePerUser,
    ActivePercent,
    PropertySum,
    PropertyAverage,
    PropertyMinimum,
    PropertyMaximum,
    PropertyMedian,
}

public sealed record FunnelStep(string Event)
{
    public IReadOnlyList<PropertyFilter> Filters { get; init; } = [];
}

/// <param name="StartEvent">What makes a user part of the cohort.</param>
/// <param name="ReturnEvent">What counts as coming back.</param>
/// <param name="Day">The day (or week, see the query's interval) the question asks about; null when it asks for the whole curve.</param>
public sealed record RetentionSpec(string StartEvent, string ReturnEvent, int? Day, RetentionMethod Method = RetentionMethod.NDay);

[JsonConverter(typeof(SnakeCaseEnumConverter<RetentionMethod>))]
public enum RetentionMethod
{
    /// <summary>Came back exactly on day N.</summary>
    NDay,

    /// <summary>Came back on day N or later.</summary>
    Rolling,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<PropertyScope>))]
public enum PropertyScope
{
    User,
    Event,
}

public sealed record PropertyFilter(
    string Property, PropertyScope Scope, FilterOperator Operator, IReadOnlyList<string> Values);

[JsonConverter(typeof(SnakeCaseEnumConverter<FilterOperator>))]
public enum FilterOperator
{
    Is,
    IsNot,
    Contains,
    DoesNotContain,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

public sealed record GroupBy(string Property, PropertyScope Scope);

public sealed record Segment(string Name, IReadOnlyList<PropertyFilter> Filters);

[JsonConverter(typeof(SnakeCaseEnumConverter<Interval>))]
public enum Interval
{
    Hour,
    Day,
    Week,
    Month,
    Quarter,
}
