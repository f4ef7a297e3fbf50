using System.Text.Json;
using ClariBI.Connector.Calls.Results;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Mcp;
using ClariBI.Contracts.Connector;
using ClariBI.ServiceDefaults.Outbound;
using ModelContextProtocol;

namespace ClariBI.Connector.Calls;

/// <summary>What went wrong between us and a vendor, as a reason and a sentence for people.</summary>
internal static class CallFailures
{
    /// <returns>Null for an exception that is a bug, and belongs to nobody's ears.</returns>
    public static ToolCallFailed? Describe(Exception exception, string vendor) => exception switch
    {
        KnownVendorErrorException known => known.Error.Describe(vendor),
        ReauthorizationRequiredException ended => new(ToolCallFailure.NeedsReauthorization, exception.Message, null, ended.Code),
        VendorRateLimitedException limited => new(
            ToolCallFailure.RateLimited,
            $"{vendor} limits how often it may be asked. Try again in {Wait(limited.RetryAfter)}.",
            limited.RetryAfter),
        VendorBusyException busy => new(
            ToolCallFailure.VendorUnavailable, $"{vendor} is not available for a while. Try again in {Wait(busy.RetryAfter)}.", busy.RetryAfter),
        InsufficientScopeException missing => new(ToolCallFailure.InsufficientScope, Missing(missing.Scope, vendor), null),
        ResultNotAsPublishedException => new(
            ToolCallFailure.VendorUnavailable,
            $"{vendor}'s result does not have the form that it publishes for this tool, so it was not used. Try again later, or ask another way.", null),
        // The data source was connected anew or disconnected under the call, which closes its sessions.
        SessionBrokenException or ObjectDisposedException => new(ToolCallFailure.VendorUnavailable, $"{vendor} ended the session during the call. Try again in a moment.", null),
        VendorUnavailableException unavailable => new(ToolCallFailure.VendorUnavailable, exception.Message, unavailable.RetryAfter, unavailable.Code),
        ToolRefusedException => new(ToolCallFailure.VendorUnavailable, exception.Message, null),
        _ when TooLarge(exception) => new(
            ToolCallFailure.ResultTooLarge, $"{vendor}'s answer is too large. Ask for a shorter range, fewer groups or a coarser interval.", null),
        TimeoutException or OperationCanceledException => new(
            ToolCallFailure.TimedOut, $"{vendor} did not answer in time. Ask for a shorter range, or try again.", null),
        HttpRequestException { StatusCode: { } status } => new(
            ToolCallFailure.VendorUnavailable, $"{vendor} answered HTTP {(int)status}. Try again in a moment.", null),
        HttpRequestException or IOException => new(
            ToolCallFailure.VendorUnavailable, $"{vendor} cannot be reached. Try again in a moment.", null),
        McpException or JsonException => new(
            ToolCallFailure.VendorUnavailable, $"{vendor} gave an answer that does not follow its protocol. Try again in a moment.", null),
        _ => null,
    };

    /// <summary>Whether the server refused the token at a call: then the token has ended, or it is this one tool that refuses it.</summary>
    public static bool RefusesToken(Exception exception) => exception
        is ToolRefusedException or VendorUnavailableException { Code: StateCodes.AccessRefused } or ReauthorizationRequiredException { Code: StateCodes.TokenRejected };

    /// <summary>What a call meets whose data source is connected anew or disconnected under it.</summary>
    public static bool MeansAnotherGrant(Exception exception) => exception
        is ReauthorizationRequiredException or HttpRequestException { StatusCode: System.Net.HttpStatusCode.Forbidden };

    private static string Wait(TimeSpan? retryAfter) => retryAfter is { } wait
        ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) is var seconds && seconds == 1 ? "1 second" : $"{seconds} seconds"
        : "a minute";

    private static string Missing(string scope, string vendor) => scope.Length == 0
        ? $"{vendor} asks for more than was granted. Connect it again to grant it."
        : $"{vendor} asks for “{scope}”, which was not granted. Connect it again to grant that.";

    public static bool TooLarge(Exception? exception) =>
        exception is ResultTooLargeException || ResponseTooLargeException.In(exception) is not null;
}

internal sealed class ResultTooLargeException(int bytes) : Exception($"The result has {bytes:N0} bytes.");
