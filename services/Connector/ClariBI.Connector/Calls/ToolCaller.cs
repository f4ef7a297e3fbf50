using System.Diagnostics;
using System.Text.Json;
using ClariBI.Connector.Calls.Results;
using ClariBI.Connector.Calls.Sending;
using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Tools;
using ClariBI.Contracts.Connector;
using ClariBI.ServiceDefaults.Texts;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Calls;

/// <param name="Id">Of the call in the log; empty where there is no data source to log it under.</param>
/// <param name="Answer"><see cref="ToolCallCompleted"/> or <see cref="ToolCallFailed"/>.</param>
internal sealed record MadeCall(Guid Id, int DurationMs, object Answer);

/// <summary>Carries one call through policy and session to the vendor, and writes it into the log whatever comes of it.</summary>
internal sealed class ToolCaller(ConnectorDbContext db, DataSourceTools tools, CallNotes notes, VendorCalls vendorCalls, CallLog log)
{
    private const int LongestQuote = 300;

    private readonly CallLimits limits = vendorCalls.Limits;

    public async Task<MadeCall> MakeAsync(CallTool request, CancellationToken cancellationToken)
    {
        var source = await db.DataSources.AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == request.DataSourceId && row.WorkspaceId == request.WorkspaceId, cancellationToken);
        if (source is null)
        {
            return new MadeCall(Guid.Empty, 0, Unusable.NotFound);
        }

        using var activity = ConnectorTelemetry.Activities.StartActivity("call tool", ActivityKind.Client);
        var call = log.Begin(source.WorkspaceId, source.Id, request.Tool, request.ArgumentsJson, request.RequestedBy, request.AnalysisId);
        activity?.SetTag("claribi.vendor", source.Vendor).SetTag("claribi.tool", call.Tool);
        var started = limits.Clock.GetTimestamp();
        try
        {
            var answer = await AnswerAsync(request, source, call, started, cancellationToken);
            activity?.SetTag("claribi.outcome", call.Outcome.ToString());
            return new MadeCall(call.Id, (int)limits.Clock.GetElapsedTime(started).TotalMilliseconds, answer);
        }
        finally
        {
            await log.EndAsync(call, source.Vendor, started);
        }
    }

    private async Task<object> AnswerAsync(CallTool request, DataSource source, LoggedCall call, long started, CancellationToken cancellationToken)
    {
        var budget = limits.Budget(request.Timeout);
        var deadline = started + (long)(budget.TotalSeconds * limits.Clock.TimestampFrequency);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limits.Stopping);
        limit.CancelAfter(budget);
        var (answer, ended) = await TryAsync(request, source, call, deadline, limit.Token, cancellationToken);
        if (ended is not null && CallFailures.MeansAnotherGrant(ended) && await AnewAsync(source) is { } anew)
        {
            // Somebody connected it again, or ended it, under the call: what holds now decides.
            (answer, ended) = await TryAsync(request, source = anew, call, deadline, limit.Token, cancellationToken);
        }

        if (ended is not null)
        {
            await notes.FailedAsync(source, ended, (ToolCallFailed)answer);
        }

        return answer;
    }

    /// <returns>The data source as it is by now; null when nothing about its grant has changed.</returns>
    private async Task<DataSource?> AnewAsync(DataSource before)
    {
        var now = await db.DataSources.AsNoTracking().SingleOrDefaultAsync(row => row.Id == before.Id && row.WorkspaceId == before.WorkspaceId);
        return now is null || (now.SessionKey == before.SessionKey && now.State == before.State) ? null : now;
    }

    /// <returns>The answer, and what ended the call where the data source has to hear of it.</returns>
    private async Task<(object Answer, Exception? Ended)> TryAsync(
        CallTool request, DataSource source, LoggedCall call, long deadline, CancellationToken limit, CancellationToken cancellationToken)
    {
        if ((Unusable.Of(source) ?? Unusable.Of(request)) is { } unusable)
        {
            call.Detail = unusable.Message;
            return (unusable, null);
        }

        ToolCallFailed failure;
        Exception? ended = null;
        try
        {
            using var open = tools.Open(source);
            var answer = await SendAsync(request, source, open.Session, call, deadline, limit);
            if (answer is ToolCallCompleted)
            {
                await notes.AnsweredAsync(source, open.Session);
            }

            return (answer, null);
        }
        catch (OperationCanceledException) when (limits.Stopping.IsCancellationRequested)
        {
            failure = new ToolCallFailed(ToolCallFailure.TimedOut, "ClariBI is being restarted. Ask again in a moment.", null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            failure = new ToolCallFailed(ToolCallFailure.TimedOut, "Whoever asked stopped waiting for the answer.", null);
        }
        catch (Exception exception) when (CallFailures.Describe(exception, vendorCalls.VendorOf(source)?.Name ?? source.Vendor) is { } described)
        {
            (failure, ended) = (described, exception);
        }

        call.Detail = failure.Message;
        return (failure, ended);
    }

    private async Task<object> SendAsync(
        CallTool request, DataSource source, McpSession session, LoggedCall call, long deadline, CancellationToken cancellationToken)
    {
        for (var turn = 1; ; turn++)
        {
            var judged = await tools.FindAsync(source, session, request.Tool, cancellationToken);
            if (judged is null)
            {
                call.Detail = $"{vendorCalls.VendorOf(source)?.Name ?? source.Vendor} publishes no tool {call.Tool} to this account.";
                return new ToolCallFailed(ToolCallFailure.ToolNotFound, call.Detail, null);
            }

            var refusal = CallPolicy.Judge(judged.Tool, judged.Verdict, request.ArgumentsJson, out var arguments);
            CallLog.Judged(call, judged, refusal is null);
            if (refusal is not null)
            {
                (call.Outcome, call.Detail) = (refusal.IsPolicy ? CallOutcome.Refused : CallOutcome.Failed, refusal.Sentence);
                return new ToolCallFailed(refusal.IsPolicy ? ToolCallFailure.RefusedByPolicy : ToolCallFailure.ArgumentsNotAccepted, refusal.Sentence, null);
            }

            call.ArgumentsHash = CallIdentity.Hash(arguments);
            if (!call.IsKept)
            {
                await log.SendingAsync(call);
            }

            var answer = await CarryAsync(source, judged, arguments, call, deadline, cancellationToken);
            if (turn == 1 && answer.List != ListDoubt.None
                && (await HasChangedAsync(source, session, judged, cancellationToken) || answer.List == ListDoubt.NotCarriedOut))
            {
                continue;
            }

            return answer.List == ListDoubt.Gone ? Gone(source, judged, answer.Result, call) : Complete(source, judged, answer.Result, call);
        }
    }

    private async Task<CallAnswer> CarryAsync(
        DataSource source, JudgedTool judged, JsonElement arguments, LoggedCall call, long deadline, CancellationToken cancellationToken)
    {
        CallEffort? effort = null;
        var attempted = call.Attempts;
        try
        {
            return await vendorCalls.SendAsync(
                new OutgoingCall(source, judged.Tool, arguments), deadline, (shared, joined) => (effort, call.Coalesced) = (shared, joined), cancellationToken);
        }
        catch (HttpRequestException forbidden) when (forbidden.StatusCode == System.Net.HttpStatusCode.Forbidden)
        {
            // Tools stay listed for roles that may not call them: the account lives, this call does not.
            return NotAllowed(source, judged, call);
        }
        catch (Exception refused) when (CallFailures.RefusesToken(refused))
        {
            // While the server still lists its tools for the same token, it is this tool that refuses it. Else the list says what is wrong.
            vendorCalls.Caches.Inventories.Forget(source.SessionKey);
            using var open = tools.Open(source);
            await tools.ListAsync(source, open.Session, cancellationToken);
            open.Session.Bearer.NoteRefuses(judged.Tool.Name);
            return NotAllowed(source, judged, call);
        }
        finally
        {
            call.Attempts = attempted + (call.Coalesced ? 0 : effort?.Attempts ?? 0);
            call.Sent |= call.Attempts > 0;
            call.VendorTimeMs = (int)(effort?.VendorTime.TotalMilliseconds ?? 0);
        }
    }

    private CallAnswer NotAllowed(DataSource source, JudgedTool judged, LoggedCall call)
    {
        var name = vendorCalls.VendorOf(source)?.Name ?? source.Vendor;
        var text = source.SessionKey.Open
            ? $"{name} asks to sign in before it answers {judged.Tool.Name}. Connect it again, so that somebody can sign in there."
            : $"{name} does not allow this account to use {judged.Tool.Name}. An administrator there can grant the role.";
        return new CallAnswer(new ShapedResult(text, IsError: true, 0, 0, text.Length, null), call.Coalesced, ListDoubt.None);
    }

    /// <summary>The vendor did not know the tool or its arguments: the list is read again, and the policy judges what it says now.</summary>
    private async Task<bool> HasChangedAsync(DataSource source, McpSession session, JudgedTool before, CancellationToken cancellationToken)
    {
        vendorCalls.Caches.Inventories.Forget(source.SessionKey);
        var now = await tools.FindAsync(source, session, before.Tool.Name, cancellationToken);
        return now is null || now.Definition.Hash != before.Definition.Hash;
    }

    /// <summary>Its own list still has the tool: nothing of ours would put it right.</summary>
    private ToolCallFailed Gone(DataSource source, JudgedTool judged, ShapedResult result, LoggedCall call)
    {
        var name = vendorCalls.VendorOf(source)?.Name ?? source.Vendor;
        call.Outcome = CallOutcome.VendorError;
        call.Detail = $"{name} still lists {judged.Tool.Name}, but answers that it has no such tool. It may just have been removed there; use another one, or try again in a few minutes."
            + (judged.Verdict.DataClass == DataClass.Personal ? "" : $" {name} says: {StoredText.Shorten(ErrorEnvelopes.Words(result.Text), LongestQuote)}");
        return new ToolCallFailed(ToolCallFailure.ToolNotFound, call.Detail, null);
    }

    private ToolCallCompleted Complete(DataSource source, JudgedTool judged, ShapedResult result, LoggedCall call)
    {
        call.Bytes = result.Bytes;
        call.TruncatedRows = result.Left > 0 ? result.Left : null;
        call.Outcome = result.IsError ? CallOutcome.VendorError : CallOutcome.Completed;
        call.Detail = !result.IsError ? result.LeftOut
            : judged.Verdict.DataClass == DataClass.Personal ? "The vendor declined it." : result.Text;
        if (KnownVendorErrors.Recognise(result.Text, result.IsError) is { } known)
        {
            call.Outcome = CallOutcome.VendorError;
            throw new KnownVendorErrorException(known);
        }

        ConnectorTelemetry.TruncatedRows.Add(result.Left, new KeyValuePair<string, object?>("vendor", source.Vendor));
        return new ToolCallCompleted(
            source.ToInfo(vendorCalls.VendorOf(source)), judged.Tool.Name, result.Text, result.IsError,
            TimeSpan.FromMilliseconds(call.VendorTimeMs), limits.Clock.GetUtcNow(), call.TruncatedRows, result.Left > 0 ? result.Total : null);
    }
}
