using System.Text.Json.Serialization;
using ClariBI.AnalysisPlanner.Answers;
using ClariBI.AnalysisPlanner.Engines;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Analyses;

/// <summary>How a run ended: exactly one of the four is set. Stored as JSON.</summary>
/// <param name="Query">Kept for the questions that follow.</param>
internal sealed record AnalysisResult(
    AnalysisStatus Status,
    AnalysisQuery? Query = null,
    AnswerResponse? Answer = null,
    ClarificationResponse? Clarification = null,
    RefusalResponse? Refusal = null,
    PlannerProblem? Failure = null)
{
    public static AnalysisResult Answered(AnswerResponse answer) => new(AnalysisStatus.Answered, answer.Evidence.Query, Answer: answer);

    public static AnalysisResult Asks(Understanding.NeedsClarification question) =>
        new(AnalysisStatus.Clarification, Clarification: new ClarificationResponse(question.Text, question.Options));

    public static AnalysisResult Declined(string text, IReadOnlyList<string> suggestions) =>
        new(AnalysisStatus.Declined, Refusal: new RefusalResponse(text, suggestions));

    public static AnalysisResult Failed(PlannerProblem problem) => new(AnalysisStatus.Failed, Failure: problem);
}

internal sealed record AnswerResponse(
    string Text,
    Guid? ChartId,
    ResultTable Table,
    IReadOnlyList<Fact> Facts,
    IReadOnlyList<Check> Checks,
    IReadOnlyList<Assumption> Assumptions,
    IReadOnlyList<string> Caveats,
    IReadOnlyList<string> FollowUps,
    EvidenceResponse Evidence);

/// <param name="Tool">The vendor's tool behind the numbers; the arguments are those of the last call to it.</param>
/// <param name="QueryText">The query in plain words.</param>
/// <param name="VendorMs">The vendor's own time over all calls.</param>
internal sealed record EvidenceResponse(
    Guid DataSourceId,
    string DataSourceName,
    string? Organization,
    string? Project,
    bool Sandbox,
    string Tool,
    string ArgumentsJson,
    AnalysisQuery Query,
    string QueryText,
    DateOnly RangeStart,
    DateOnly RangeEnd,
    string TimeZone,
    int Rows,
    double VendorMs,
    int Calls,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? VendorUrl);

internal sealed record ClarificationResponse(string Text, IReadOnlyList<ClarifyingOption> Options);

internal sealed record RefusalResponse(string Text, IReadOnlyList<string> Suggestions);
