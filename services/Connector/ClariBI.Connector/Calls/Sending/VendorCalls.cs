using System.Text.Json;
using ClariBI.Connector.Calls.Results;
using ClariBI.Connector.DataSources;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Tools;
using ClariBI.Connector.Tools.Definitions;
using ClariBI.Connector.Vendors;
using ModelContextProtocol;
using McpSession = ClariBI.Connector.Mcp.McpSession;

namespace ClariBI.Connector.Calls.Sending;

/// <summary>An admitted call, ready to leave.</summary>
/// <param name="Arguments">As the policy judged them.</param>
internal sealed record OutgoingCall(DataSource Source, PublishedTool Tool, JsonElement Arguments)
{
    public CallIdentity Identity { get; } =
        new(Source.SessionKey, Tool.Name, ToolDefinition.Of(Tool).Hash, CallIdentity.Hash(Arguments));
}

/// <param name="Coalesced">Another one had asked for the same and was still waiting; the vendor was asked once.</param>
internal sealed record CallAnswer(ShapedResult Result, bool Coalesced, ListDoubt List);

/// <summary>What an answer says of the list of tools that the call was made by.</summary>
internal enum ListDoubt
{
    None,

    /// <summary>The vendor does not know the tool or its arguments as they were listed.</summary>
    NotKnown,

    /// <summary>The vendor says that it has no such tool.</summary>
    Gone,

    /// <summary>It wants headers that the list as it is now would have told (<c>HeaderMismatch</c>), and did nothing.</summary>
    NotCarriedOut,
}

/// <summary>Takes admitted calls to the vendor: the same ones once, within its limits, again where that is safe.</summary>
internal sealed class VendorCalls(VendorCatalogue catalogue, CallLimiters limiters, CallRetries retries, CallLimits limits, SessionCaches caches)
{
    private readonly Flights<CallIdentity, CallEffort, ToolResult> flights = new();

    public CallLimits Limits => limits;

    public SessionCaches Caches => caches;

    public Vendor? VendorOf(DataSource source) => catalogue.Find(source.Vendor);

    /// <param name="deadline">A timestamp of the clock: when the one who asks stops waiting.</param>
    /// <param name="boarded">Gets what was done for the call, also when it fails.</param>
    public async Task<CallAnswer> SendAsync(OutgoingCall call, long deadline, Action<CallEffort, bool> boarded, CancellationToken cancellationToken)
    {
        using var seat = flights.Board(
            call.Identity, effort => effort.ExtendTo(deadline), (effort, token) => CarryAsync(call, effort, token));
        boarded(seat.State, seat.Joined);
        if (seat.Joined)
        {
            ConnectorTelemetry.Coalesced.Add(1, new KeyValuePair<string, object?>("vendor", call.Source.Vendor));
        }

        ToolResult result;
        try
        {
            result = await seat.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (seat.State.HeldBackUntil is { } until)
        {
            // It was our keeping to a limit that took the time, not the vendor.
            var wait = until - limits.Clock.GetUtcNow();
            throw new VendorRateLimitedException(wait > TimeSpan.Zero ? wait : null);
        }

        return new CallAnswer(
            ResultShaping.Shape(result, call.Tool, limits.MostRows, limits.LargestResult), seat.Joined,
            !result.IsError ? ListDoubt.None
                : result.Text.StartsWith(VendorWords.HeaderMismatch, StringComparison.Ordinal) ? ListDoubt.NotCarriedOut
                : VendorWords.IsGone(result.Text, call.Tool.Name) ? ListDoubt.Gone
                : VendorWords.DoNotKnow(result.Text) ? ListDoubt.NotKnown : ListDoubt.None);
    }

    private async Task<ToolResult> CarryAsync(OutgoingCall call, CallEffort effort, CancellationToken cancellationToken)
    {
        using var use = caches.Sessions.Use(call.Source.SessionKey, new Uri(call.Source.ServerUrl));
        var vendor = VendorOf(call.Source);
        var idempotent = call.Tool.IdempotentHint == true
            || vendor?.Tools?.Reading.Contains(call.Tool.Name) == true || vendor?.Tools?.Mixed.ContainsKey(call.Tool.Name) == true;
        return await retries.RunAsync(
            new CallAttempt(effort, idempotent),
            async token =>
            {
                using var permit = await limiters.EnterAsync(call.Source, vendor?.Quirks ?? VendorQuirks.None, effort, token);
                try
                {
                    var result = await AttemptAsync(call, use.Session, effort, idempotent, token);
                    limiters.Resume(call.Source.Id);
                    return result;
                }
                catch (VendorRateLimitedException limited)
                {
                    limiters.Pause(call.Source.Id, limited.RetryAfter);
                    throw;
                }
            },
            cancellationToken);
    }

    /// <exception cref="TimeoutException">The vendor gave no sign of life for too long.</exception>
    private async Task<ToolResult> AttemptAsync(
        OutgoingCall call, McpSession session, CallEffort effort, bool idempotent, CancellationToken cancellationToken)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var started = limits.Clock.GetTimestamp();
        try
        {
            idle.CancelAfter(limits.Idle);
            var result = await session.CallToolAsync(
                call.Tool.Name, call.Arguments, () => effort.Attempt(), () => idle.CancelAfter(limits.Idle), idempotent, idle.Token);
            return KnownVendorErrors.Recognise(result.Text, result.IsError) is { Code: StateCodes.RateLimited } limit
                ? throw new VendorRateLimitedException(limit.RetryAfter)
                : result;
        }
        catch (OperationCanceledException) when (idle.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No sign of life for {limits.Idle}.");
        }
        catch (McpProtocolException declined) when (declined.ErrorCode is McpErrorCode.InvalidParams)
        {
            // The newer revisions say with an error what the older ones say with isError.
            return new ToolResult(declined.Message, IsError: true);
        }
        catch (McpProtocolException stale) when (stale.ErrorCode is McpErrorCode.HeaderMismatch)
        {
            return new ToolResult($"{VendorWords.HeaderMismatch} {stale.Message}", IsError: true);
        }
        finally
        {
            effort.Took(limits.Clock.GetElapsedTime(started));
        }
    }
}
