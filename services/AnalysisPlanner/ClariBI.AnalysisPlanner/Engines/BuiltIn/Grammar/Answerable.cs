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

        if (!draft.HasRange && query.Kind is not (QueryKind.List or QueryKind.Cohort or QueryKind.SavedChart) && query.ObjectId is null
            && !(draft.CompareTo is not null && draft.Assumptions.Any(assumption => assumption.Field == "range")))
        {
            draft.Assume("range", $"No period was named, so it is {QueryWords.RangeName(query.Range)}.");
        }

        return new Understanding.Understood(query, QueryWords.Title(query), QueryWords.Description(query, draft.Reading.Today), draft.Assumptions);
    }
}
