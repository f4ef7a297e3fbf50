using ClariBI.AnalysisPlanner.Taxonomies;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines;

/// <summary>Understands a question: built in, or with an outside language model.</summary>
internal interface IEngine
{
    /// <summary>Shown in the evidence: <c>builtin</c> or the model's name.</summary>
    string Name { get; }

    Task<Understanding> UnderstandAsync(EngineRequest request, CancellationToken cancellationToken);
}

/// <param name="Conversation">Earlier turns of the conversation, oldest first.</param>
/// <param name="Today">The current day in the project's time zone.</param>
internal sealed record EngineRequest(
    string Question, IReadOnlyList<PastTurn> Conversation, Taxonomy Taxonomy, DateOnly Today);

internal sealed record PastTurn(string Question, AnalysisQuery? Query);

/// <summary>What an engine made of a question.</summary>
internal abstract record Understanding
{
    private Understanding()
    {
    }

    /// <param name="Title">A short title for the chart, in sentence case.</param>
    /// <param name="Description">The query in plain words, for "Understood as …" and the evidence.</param>
    internal sealed record Understood(
        AnalysisQuery Query, string Title, string Description, IReadOnlyList<Assumption> Assumptions) : Understanding;

    internal sealed record NeedsClarification(string Text, IReadOnlyList<ClarifyingOption> Options) : Understanding;

    /// <param name="Suggestions">Questions that this data can answer.</param>
    internal sealed record CannotAnswer(string Text, IReadOnlyList<string> Suggestions) : Understanding;
}

/// <param name="Field">What was assumed: <c>range</c>, <c>measure</c>, <c>segment</c>, <c>event</c>, …</param>
internal sealed record Assumption(string Field, string Text);

/// <param name="Label">A real name from the taxonomy.</param>
/// <param name="Question">The question to ask instead when this option is chosen.</param>
internal sealed record ClarifyingOption(string Label, string? Detail, string Question);
