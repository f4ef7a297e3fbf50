using ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;
using ClariBI.AnalysisPlanner.Taxonomies;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <param name="Start">Position of its first word in the question.</param>
internal sealed record NamedEvent(EventInfo Info, int Start, int End);

/// <summary>What the question names, with every ambiguity settled; the rules make a query of it.</summary>
internal sealed record Draft(Reading Reading)
{
    public List<NamedEvent> Events { get; } = [];

    public List<PropertyInfo> GroupBy { get; } = [];

    /// <summary>A numeric property to add up or average.</summary>
    public PropertyInfo? Amount { get; set; }

    public List<PropertyFilter> Filters { get; } = [];

    public List<Segment> Segments { get; } = [];

    public CohortInfo? Cohort { get; set; }

    public SavedChartInfo? Chart { get; set; }

    public List<Assumption> Assumptions { get; } = [.. Reading.Assumptions];

    /// <summary>True where the range was named in the question.</summary>
    public bool HasRange { get; set; }

    public DateRange Range { get; set; } = DateRange.LastDays(30);

    public DateRange? CompareTo { get; set; }

    public Interval? Interval { get; set; }

    public bool IsComparison { get; set; }

    public bool IsTop { get; set; }

    public bool IsBottom { get; set; }

    public void Assume(string field, string text) => Assumptions.Add(new Assumption(field, text));

    public IReadOnlyList<GroupBy> Groups => [.. GroupBy.Select(property => new GroupBy(property.Name, property.Scope))];
}

/// <summary>A rule gives up with an answer for the person: a question back or a refusal.</summary>
internal sealed record Outcome(Draft? Draft, Understanding? Early)
{
    public static Outcome Go(Draft draft) => new(draft, null);

    public static Outcome Stop(Understanding early) => new(null, early);
}
