using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

internal static class Answerable
{
    /// <summary>The query with its title, its description and what was assumed to get there.</summary>
    public static Understanding From(Draft draft, AnalysisQuery query)
    {
        if (draft.Cohort is not null && query.Kind != QueryKind.Cohort)
        {
            return Say.Cannot($"I can say how many users are in the cohort {draft.Cohort.Name}, but I cannot yet limit another number to a cohort.");
        }

        if (Misplaced(draft, query) is { } misplaced)
        {
            return misplaced;
        }

        if (!draft.HasRange && query.Kind is not (QueryKind.List or QueryKind.Cohort or QueryKind.SavedChart) && query.ObjectId is null
            && !(draft.CompareTo is not null && draft.Assumptions.Any(assumption => assumption.Field == "range")))
        {
            draft.Assume("range", $"No period was named, so it is {QueryWords.RangeName(query.Range)}.");
        }

        return new Understanding.Understood(query, QueryWords.Title(query), QueryWords.Description(query, draft.Reading.Today), draft.Assumptions);
    }

    /// <summary>A property recorded with one event says nothing about another: purchases have no genre of what was played.</summary>
    private static Understanding? Misplaced(Draft draft, AnalysisQuery query)
    {
        var events = query.Measures.Select(measure => measure.Event).Concat(query.Steps.Select(step => step.Event)).Distinct().ToList();
        var used = query.GroupBy.Where(group => group.Scope == PropertyScope.Event).Select(group => group.Property)
            .Concat(query.Filters.Concat(query.Segments.SelectMany(segment => segment.Filters)).Where(filter => filter.Scope == PropertyScope.Event).Select(filter => filter.Property));
        foreach (var name in used.Distinct())
        {
            var owners = draft.Reading.Index.Taxonomy.Properties.Where(property => property.Name == name && property.Scope == PropertyScope.Event).Select(property => property.Event).ToList();
            var lacking = owners.Contains(null) ? null : query.Kind == QueryKind.Retention ? "retention" : events.FirstOrDefault(item => !owners.Contains(item));
            if (lacking is not null)
            {
                return Say.Cannot(lacking == "retention"
                    ? $"I cannot yet divide retention by {name}, which is recorded with {string.Join(" and ", owners)}; I can by what is known of the users."
                    : $"{name} is recorded with {string.Join(" and ", owners)}, not with {QueryWords.EventName(lacking)}.");
            }
        }

        return null;
    }
}
