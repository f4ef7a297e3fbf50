using System.Text.Json.Serialization;

namespace ClariBI.Contracts.AnalysisPlanner;

/// <summary>
/// Command on the queue <c>analysis-requests</c>: answer a question. Also taken as plain JSON of this shape.
/// Sending it twice with the same <see cref="AnalysisId"/> starts one analysis.
/// </summary>
/// <param name="DataSourceId">Null where the workspace has exactly one connected data source.</param>
/// <param name="RequestedBy">Who asks, for the call log: a person's name or a service.</param>
public sealed record SubmitAnalysis(
    Guid AnalysisId, Guid WorkspaceId, string Question, Guid? DataSourceId, Guid? ConversationId, Guid? UserId, string RequestedBy);

/// <summary>Event: a step of a running analysis began or ended.</summary>
public sealed record AnalysisProgressed(Guid AnalysisId, Guid WorkspaceId, int Sequence, string Step, string Text, DateTimeOffset At);

/// <summary>Event: the analysis ended with words for the person: an answer, a question back, or a refusal.</summary>
/// <param name="Text">The finding, the clarifying question, or why it cannot be answered.</param>
public sealed record AnalysisCompleted(
    Guid AnalysisId,
    Guid WorkspaceId,
    AnalysisOutcome Outcome,
    string Text,
    AnalysisQuery? Query,
    ResultTable? Table,
    Guid? ChartId,
    DateTimeOffset At);

/// <summary>Event: the analysis ended without a result, for a technical reason.</summary>
/// <param name="ProblemType">The stable slug of the problem, as over HTTP.</param>
public sealed record AnalysisFailed(Guid AnalysisId, Guid WorkspaceId, string ProblemType, string Message, DateTimeOffset At);

[JsonConverter(typeof(SnakeCaseEnumConverter<AnalysisOutcome>))]
public enum AnalysisOutcome
{
    Answered,
    Clarification,
    Declined,
}

/// <summary>Runs a stored query again, without an engine. Answered with <see cref="QueryCompleted"/> or <see cref="QueryFailed"/>.</summary>
public sealed record RunQuery(Guid WorkspaceId, Guid DataSourceId, AnalysisQuery Query, string RequestedBy);

/// <param name="Tool">The vendor's tool that was called.</param>
/// <param name="ArgumentsJson">What it was called with.</param>
/// <param name="RangeStart">First day of the data, in <paramref name="TimeZone"/>.</param>
public sealed record QueryCompleted(
    ResultTable Table,
    string Tool,
    string ArgumentsJson,
    DateOnly RangeStart,
    DateOnly RangeEnd,
    string TimeZone,
    TimeSpan VendorTime,
    DateTimeOffset At);

/// <param name="ProblemType">A stable slug, for example <c>data-source-disconnected</c>, <c>vendor-rate-limited</c>, <c>event-not-found</c>.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record QueryFailed(string ProblemType, string Message);
