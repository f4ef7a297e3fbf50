using ClariBI.Connector.DataSources;
using ClariBI.Contracts.Connector;

namespace ClariBI.Connector.Calls;

/// <summary>Data sources that cannot be asked, and what to do about it.</summary>
internal static class Unusable
{
    public static ToolCallFailed NotFound { get; } = new(ToolCallFailure.DataSourceNotFound, "There is no such data source in this workspace.", null);

    /// <summary>A message that is no call: nothing of it was sent.</summary>
    public static ToolCallFailed? Of(CallTool request) =>
        string.IsNullOrEmpty(request.Tool) || request.ArgumentsJson is null
            ? new(ToolCallFailure.ArgumentsNotAccepted, "The call names no tool or has no arguments. Name both; {} are arguments.", null)
            : request.ArgumentsJson.Length > CallLimits.LargestArguments
                ? new(ToolCallFailure.ArgumentsNotAccepted, $"The arguments are longer than {CallLimits.LargestArguments / 1024} KB. Ask for less at a time.", null)
                : null;

    public static ToolCallFailed? Of(DataSource source) => source.State switch
    {
        DataSourceState.Disconnected => new(
            ToolCallFailure.Disconnected, $"{source.Name} is disconnected. Connect it again to ask it questions.", null),
        DataSourceState.NeedsReauthorization => new(
            ToolCallFailure.NeedsReauthorization, $"{source.Name} has to be authorized again. {source.StateReason}", null),
        _ => null,
    };
}
