using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;
using ClariBI.AnalysisPlanner.Taxonomies;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines;

/// <param name="Kind"><c>event</c>, <c>property</c> or <c>value</c>.</param>
/// <param name="Closest">Real names that look alike, the nearest first.</param>
internal sealed record UnknownName(string Kind, string Name, IReadOnlyList<string> Closest);

/// <summary>Checks every name of a query against the taxonomy, so that a wrong name is reported instead of answered with an empty chart.</summary>
internal static class QueryChecks
{
    private const int MostCandidates = 3;

    public static IReadOnlyList<UnknownName> Check(AnalysisQuery query, Taxonomy taxonomy)
    {
        var events = taxonomy.Events.Select(item => item.Name).ToHashSet(StringComparer.Ordinal);
        var unknown = new List<UnknownName>();
        foreach (var name in EventsOf(query).Distinct().Where(name => name is not (SpecialEvents.AnyActive or SpecialEvents.NewUser) && !events.Contains(name)))
        {
            unknown.Add(new UnknownName("event", name, Closest(name, events)));
        }

        foreach (var (name, scope) in PropertiesOf(query).Distinct())
        {
            var named = taxonomy.Properties.Where(property => property.Scope == scope).Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
            if (!named.Contains(name))
            {
                unknown.Add(new UnknownName("property", name, Closest(name, named)));
            }
        }

        foreach (var filter in FiltersOf(query).Where(filter => filter.Operator is FilterOperator.Is or FilterOperator.IsNot))
        {
            unknown.AddRange(UnknownValues(filter, taxonomy));
        }

        return unknown;
    }

    private static IEnumerable<UnknownName> UnknownValues(PropertyFilter filter, Taxonomy taxonomy)
    {
        var values = taxonomy.Properties
            .Where(property => property.Name == filter.Property && property.Scope == filter.Scope)
            .SelectMany(property => property.Values)
            .ToHashSet(StringComparer.Ordinal);

        // No known values means too many to list, not none.
        return values.Count == 0
            ? []
            : filter.Values.Where(value => !values.Contains(value)).Select(value => new UnknownName("value", value, Closest(value, values)));
    }

    private static IEnumerable<string> EventsOf(AnalysisQuery query) =>
        query.Measures.Select(measure => measure.Event)
            .Concat(query.Steps.Select(step => step.Event))
            .Concat(query.Retention is { } retention ? [retention.StartEvent, retention.ReturnEvent] : []);

    private static IEnumerable<(string Name, PropertyScope Scope)> PropertiesOf(AnalysisQuery query) =>
        query.GroupBy.Select(group => (group.Property, group.Scope))
            .Concat(FiltersOf(query).Select(filter => (filter.Property, filter.Scope)))
            .Concat(query.Measures.Where(measure => measure.Property is not null).Select(measure => (measure.Property!, PropertyScope.Event)));

    private static IEnumerable<PropertyFilter> FiltersOf(AnalysisQuery query) =>
        query.Filters
            .Concat(query.Measures.SelectMany(measure => measure.Filters))
            .Concat(query.Steps.SelectMany(step => step.Filters))
            .Concat(query.Segments.SelectMany(segment => segment.Filters));

    private static IReadOnlyList<string> Closest(string name, IEnumerable<string> known)
    {
        var stems = Tokenizer.Name(name).ToHashSet();
        return [.. known
            .Select(candidate => (candidate, Shared: Tokenizer.Name(candidate).Count(stems.Contains), Errors: Distance.Between(name.ToLowerInvariant(), candidate.ToLowerInvariant(), 4)))
            .Where(match => match.Shared > 0 || match.Errors <= 4)
            .OrderByDescending(match => match.Shared)
            .ThenBy(match => match.Errors)
            .Take(MostCandidates)
            .Select(match => match.candidate)];
    }
}
