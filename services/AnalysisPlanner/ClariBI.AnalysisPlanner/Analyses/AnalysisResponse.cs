namespace ClariBI.AnalysisPlanner.Analyses;

internal sealed record AnalysisResponse(
    Guid Id,
    Guid ConversationId,
    string Question,
    Guid? DataSourceId,
    AnalysisStatus Status,
    IReadOnlyList<StepResponse> Steps,
    AnswerResponse? Answer,
    ClarificationResponse? Clarification,
    RefusalResponse? Refusal,
    PlannerProblem? Failure,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt)
{
    public static AnalysisResponse Of(Analysis analysis, IEnumerable<Step> steps)
    {
        var result = analysis.Result;
        return new AnalysisResponse(
            analysis.Id,
            analysis.ConversationId,
            analysis.Question,
            analysis.DataSourceId,
            analysis.Status,
            [.. steps.OrderBy(step => step.Sequence).Select(StepResponse.Of)],
            result?.Answer,
            result?.Clarification,
            result?.Refusal,
            result?.Failure,
            analysis.CreatedAt,
            analysis.StartedAt,
            analysis.FinishedAt);
    }
}

internal sealed record StepResponse(
    int Sequence, StepKey Key, string Text, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, bool Failed)
{
    public static StepResponse Of(Step step) => new(step.Sequence, step.Key, step.Text, step.StartedAt, step.FinishedAt, step.Failed);
}
