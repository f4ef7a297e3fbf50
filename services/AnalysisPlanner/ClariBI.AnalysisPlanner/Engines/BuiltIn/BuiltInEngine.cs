using ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn;

/// <summary>Understands English questions without a model: the same question and taxonomy always give the same query.</summary>
internal sealed class BuiltInEngine : IEngine
{
    public string Name => "builtin";

    public Task<Understanding> UnderstandAsync(EngineRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Understand(request));
    }

    private static Understanding Understand(EngineRequest request)
    {
        var understanding = QuestionParser.Parse(request);
        return understanding is Understanding.CannotAnswer { Suggestions.Count: 0 } refusal
            ? refusal with { Suggestions = [.. SuggestedQuestions.For(request.Taxonomy).Take(3)] }
            : understanding;
    }
}
