using ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Answers;

/// <summary>What a measured number says, as a clause or as a noun.</summary>
internal static class MeasurePhrases
{
    /// <summary>A whole clause: "1,230 users did Sign Up".</summary>
    public static string Clause(Measure measure, string figure) => (measure.Aggregation, measure.Event) switch
    {
        (Aggregation.UniqueUsers, SpecialEvents.AnyActive) => $"{figure} users were active",
        (Aggregation.UniqueUsers, SpecialEvents.NewUser) => $"{figure} users were new",
        (Aggregation.UniqueUsers, var name) => $"{figure} users did {name}",
        (Aggregation.Totals, SpecialEvents.AnyActive) => $"Users did {figure} active events",
        (Aggregation.Totals, var name) => $"{name} happened {figure} times",
        (Aggregation.AveragePerUser, SpecialEvents.AnyActive) => $"Active users did {figure} events each on average",
        (Aggregation.AveragePerUser, var name) => $"Users who did {name} did it {figure} times on average",
        (Aggregation.ActivePercent, var name) => $"{figure} of active users did {QueryWords.EventName(name)}",
        (Aggregation.PropertySum, var name) => $"The sum of {measure.Property} of {name} is {figure}",
        _ => $"The {QueryWords.Measure(measure)} is {figure}",
    };

    /// <summary>Sums over time and over groups mean something for these; unique users and averages would be counted twice.</summary>
    public static bool AddsUp(AnalysisQuery query) =>
        query.Measures is [{ Aggregation: Aggregation.Totals or Aggregation.PropertySum }];

    public static string Noun(AnalysisQuery query, string fallback) => query.Measures is [var only] ? Capital(QueryWords.Measure(only)) : fallback;

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
