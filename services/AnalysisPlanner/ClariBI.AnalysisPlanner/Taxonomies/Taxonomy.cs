using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Taxonomies;

/// <summary>The names that exist in one project: what a question can be about.</summary>
/// <param name="TimeZone">IANA name of the project's time zone.</param>
internal sealed record Taxonomy(
    string TimeZone,
    IReadOnlyList<EventInfo> Events,
    IReadOnlyList<PropertyInfo> Properties,
    IReadOnlyList<CohortInfo> Cohorts,
    IReadOnlyList<SavedChartInfo> SavedCharts)
{
    /// <summary>The vendor stopped answering before all was read.</summary>
    public bool IsPartial { get; init; }
}

/// <param name="MonthlyVolume">Events in the last 30 days; null where the vendor does not say.</param>
internal sealed record EventInfo(string Name, string? DisplayName, string? Description, long? MonthlyVolume);

/// <param name="Event">The event an event property belongs to; null for user properties and for event properties shared by all.</param>
/// <param name="Values">The most frequent values, largest first; empty where unknown or too many.</param>
/// <param name="IsNumeric">True where the values are numbers that can be summed.</param>
internal sealed record PropertyInfo(
    string Name, PropertyScope Scope, string? Event, string? Description, IReadOnlyList<string> Values, bool IsNumeric = false);

internal sealed record CohortInfo(string Id, string Name, string? Description, long? Size);

/// <param name="Query">The chart's definition as a query; null where it has a form we cannot read.</param>
internal sealed record SavedChartInfo(string Id, string Name, string Type, AnalysisQuery? Query);
