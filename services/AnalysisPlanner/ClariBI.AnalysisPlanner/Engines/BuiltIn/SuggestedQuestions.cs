using System.Runtime.CompilerServices;
using ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;
using ClariBI.AnalysisPlanner.Taxonomies;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn;

/// <summary>Questions made of the project's own names. Each has gone through the parser, so each can be answered.</summary>
internal static class SuggestedQuestions
{
    private const int Most = 6;

    private static readonly ConditionalWeakTable<Taxonomy, IReadOnlyList<string>> Cache = [];

    public static IReadOnlyList<string> For(Taxonomy taxonomy) => Cache.GetValue(taxonomy, static key => Build(key));

    private static IReadOnlyList<string> Build(Taxonomy taxonomy)
    {
        // Any day will do: whether a question is understood does not depend on it.
        var day = new DateOnly(2026, 1, 15);
        return [.. Ideas(taxonomy).Distinct().Where(question => IsUnderstood(question, taxonomy, day)).Take(Most)];
    }

    private static bool IsUnderstood(string question, Taxonomy taxonomy, DateOnly day) =>
        QuestionParser.Parse(new EngineRequest(question, [], taxonomy, day)) is Understanding.Understood;

    private static IEnumerable<string> Ideas(Taxonomy taxonomy)
    {
        var segment = Segmenting.Best(taxonomy);
        var core = EventRoles.Core(taxonomy);
        var signUp = EventRoles.SignUp(taxonomy);
        if (segment is not null)
        {
            yield return $"Which {segment.Name} has the highest 7-day retention?";
        }

        var funnel = taxonomy.SavedCharts.FirstOrDefault(chart => chart.Query?.Kind == QueryKind.Funnel);
        if (funnel is not null)
        {
            yield return $"Show conversion in \"{funnel.Name}\"";
        }
        else if (signUp is not null && core is not null)
        {
            yield return $"What is the conversion from {signUp.Name} to {core.Name}?";
        }

        yield return "Daily active users over the last 30 days";

        if (core is not null && segment is not null)
        {
            yield return $"{core.Name} by {segment.Name}";
        }

        if (segment is { Values: [var first, var second, ..] })
        {
            yield return $"Compare engagement between {first} and {second}";
        }

        if (signUp is not null)
        {
            yield return $"How many users did \"{signUp.Name}\" last week?";
        }

        yield return "New users per week";
        yield return "How many active users were there last week?";
        yield return "What is the 7-day retention?";
        yield return "What events do we track?";
    }
}
