using System.Text.RegularExpressions;
using ClariBI.Contracts.Connector;

namespace ClariBI.AnalysisPlanner.DataSources;

internal static partial class VendorProblems
{
    /// <summary>The connector already says it in a sentence; the slug and the title are ours.</summary>
    public static PlannerProblem Of(ToolCallFailed failed)
    {
        var (type, title) = failed.Reason switch
        {
            ToolCallFailure.DataSourceNotFound => ("data-source-not-found", "There is no such data source."),
            ToolCallFailure.Disconnected => ("data-source-disconnected", "The data source is disconnected."),
            ToolCallFailure.NeedsReauthorization => ("data-source-needs-reauthorization", "The data source has to be authorized again."),
            ToolCallFailure.ToolNotFound => ("vendor-tool-not-found", "The vendor does not offer what this question needs."),
            ToolCallFailure.RefusedByPolicy => ("vendor-tool-refused", "ClariBI only reads, and refused this call."),
            ToolCallFailure.ArgumentsNotAccepted => ("vendor-arguments-not-accepted", "The vendor's tool does not take what this question gives it."),
            ToolCallFailure.RateLimited => ("vendor-rate-limited", "The vendor asks us to slow down."),
            ToolCallFailure.VendorUnavailable => ("vendor-unavailable", "The vendor does not answer."),
            ToolCallFailure.TimedOut => ("vendor-timed-out", "The vendor took too long."),
            ToolCallFailure.ResultTooLarge => ("vendor-result-too-large", "The vendor's answer is too large."),
            _ => ("vendor-failed", "The vendor could not be asked."),
        };
        return new PlannerProblem(type, title, failed.RetryAfter is { } after ? WithWait(failed.Message, after) : failed.Message);
    }

    /// <summary>Says once how long to wait, whether or not the message says it already.</summary>
    private static string WithWait(string message, TimeSpan wait)
    {
        var seconds = Math.Max(1, Math.Ceiling(wait.TotalSeconds));
        return $"{Wait().Replace(message, "").TrimEnd()} Try again in {(seconds == 1 ? "1 second" : $"{seconds:0} seconds")}.";
    }

    [GeneratedRegex(@"\s*Try again in \d+ seconds?\.", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Wait();

    /// <summary>Null where the data source can be asked.</summary>
    public static PlannerProblem? Of(DataSourceInfo source) => source.State switch
    {
        DataSourceState.Connected or DataSourceState.Degraded => null,
        DataSourceState.Disconnected => new PlannerProblem(
            "data-source-disconnected", "The data source is disconnected.", $"{source.Name} was disconnected. Connect it again under Data Sources, then ask again."),
        DataSourceState.NeedsReauthorization => new PlannerProblem(
            "data-source-needs-reauthorization", "The data source has to be authorized again.", $"{source.VendorName} no longer accepts ClariBI's access to {source.Name}. Reconnect it under Data Sources."),
        DataSourceState.Connecting => new PlannerProblem(
            "data-source-connecting", "The data source is still being connected.", $"{source.Name} is not ready yet. Try again in a moment."),
        _ => new PlannerProblem("data-source-unusable", "The data source cannot be used.", $"{source.Name} is in an unknown state."),
    };
}
