using ClariBI.AnalysisPlanner.Engines;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.DataSources;

internal static class ProjectChecks
{
    /// <summary>
    /// Amplitude answers a misspelt event with a well-formed chart full of zeros, so no name goes out unchecked. Values are
    /// not held against a query: the known ones are only the most frequent.
    /// </summary>
    public static void Check(this Project project, AnalysisQuery query)
    {
        if (QueryChecks.Check(query, project.Taxonomy).FirstOrDefault(name => name.Kind is "event" or "property") is not { } unknown)
        {
            return;
        }

        var closest = unknown.Closest.Count > 0 ? $" The closest names are {string.Join(", ", unknown.Closest)}." : "";
        throw new PlannerProblemException(new PlannerProblem(
            $"{unknown.Kind}-not-found",
            $"There is no {unknown.Kind} named {unknown.Name}.",
            $"{project.Session.DataSource.Name} does not know it: it may have been renamed or deleted.{closest}"));
    }
}
