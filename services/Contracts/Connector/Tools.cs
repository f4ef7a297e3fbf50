using System.Text.Json.Serialization;

namespace ClariBI.Contracts.Connector;

/// <summary>Asks for the admitted tools of a data source. Answered with <see cref="ToolList"/> or <see cref="ToolCallFailed"/>.</summary>
public sealed record ListTools(Guid WorkspaceId, Guid DataSourceId);

public sealed record ToolList(DataSourceInfo DataSource, IReadOnlyList<ToolInfo> Tools);

/// <summary>A tool that every policy layer admits.</summary>
/// <param name="InputSchemaJson">JSON Schema of the arguments, narrowed to the values the policy admits.</param>
public sealed record ToolInfo(string Name, string? Title, string? Description, string InputSchemaJson)
{
    /// <summary>What a language model may call it: up to 64 letters, digits, <c>_</c> and <c>-</c>, unique in the list. Calls take <see cref="Name"/>.</summary>
    public string ModelName { get; init; } = Name;
}

/// <summary>
/// Calls one reading tool of the vendor. The policy is checked again on the arguments.
/// Answered with <see cref="ToolCallCompleted"/> or <see cref="ToolCallFailed"/>.
/// </summary>
/// <param name="ArgumentsJson">A JSON object.</param>
/// <param name="RequestedBy">Who the call is for, shown in the call log: a user's name or a service.</param>
public sealed record CallTool(
    Guid WorkspaceId, Guid DataSourceId, string Tool, string ArgumentsJson, Guid? AnalysisId, string RequestedBy, TimeSpan Timeout);

/// <param name="Text">The text content of the result, joined; for Amplitude a JSON document.</param>
/// <param name="VendorIsError">The vendor's own <c>isError</c>: the call arrived and the vendor declined it.</param>
/// <param name="VendorTime">Time between sending the call and having its result.</param>
/// <param name="TruncatedRows">How many whole rows were left out at the end of <paramref name="Text"/>, which stays well-formed; null: none.</param>
/// <param name="TotalRows">How many rows there were, where some were left out.</param>
public sealed record ToolCallCompleted(
    DataSourceInfo DataSource, string Tool, string Text, bool VendorIsError, TimeSpan VendorTime, DateTimeOffset At, int? TruncatedRows = null,
    int? TotalRows = null);

/// <param name="Message">A sentence for people: what happened, why, what to do next.</param>
/// <param name="RetryAfter">When the vendor asked to wait.</param>
/// <param name="Code">A stable word for the cause where it is known more exactly than <paramref name="Reason"/>, for example <c>grant_ended</c>.</param>
public sealed record ToolCallFailed(ToolCallFailure Reason, string Message, TimeSpan? RetryAfter, string? Code = null);

[JsonConverter(typeof(SnakeCaseEnumConverter<ToolCallFailure>))]
public enum ToolCallFailure
{
    DataSourceNotFound,
    Disconnected,
    NeedsReauthorization,
    ToolNotFound,
    RefusedByPolicy,
    RateLimited,
    VendorUnavailable,
    TimedOut,
    ResultTooLarge,

    /// <summary>The vendor wants scopes that were not granted (RFC 6750 section 3.1): connect again to ask for them.</summary>
    InsufficientScope,

    /// <summary>The account has several projects and the vendor was not told which: choose one in the data source's settings.</summary>
    ProjectNotSelected,

    /// <summary>The arguments do not fit what the tool takes, so the call was not sent: a name is misspelt, a value has another type.</summary>
    ArgumentsNotAccepted,
}
