using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Tools;
using ClariBI.Connector.Vendors;
using ClariBI.Contracts.Connector;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Calls;

/// <param name="Id">Of the call in the log; empty where there is no data source to log it under.</param>
/// <param name="Answer"><see cref="ToolCallCompleted"/> or <see cref="ToolCallFailed"/>.</param>
internal sealed record MadeCall(Guid Id, int DurationMs, object Answer);

/// <summary>Carries one call through policy and session to the vendor, and writes it into the log whatever comes of it.</summary>
internal sealed class ToolCaller(ConnectorDbContext db, DataSourceTools tools, DataSourceHealth health, VendorCatalogue catalogue, CallLimits limits)
{
    private const int LongestLoggedArguments = 16 * 1024;

    public async Task<MadeCall> MakeAsync(CallTool request, CancellationToken cancellationToken)
    {
        var source = await db.DataSources.AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == request.DataSourceId && row.WorkspaceId == request.WorkspaceId, cancellationToken);
        if (source is null)
        {
            return new MadeCall(Guid.Empty, 0, Unusable.NotFound);
        }

        using var activity = ConnectorTelemetry.Activities.StartActivity("call tool", ActivityKind.Client);
        activity?.SetTag("claribi.vendor", source.Vendor).SetTag("claribi.tool", request.Tool);
        var started = limits.Clock.GetTimestamp();
        var call = new LoggedCall
        {
            WorkspaceId = source.WorkspaceId,
            DataSourceId = source.Id,
            AnalysisId = request.AnalysisId,
            At = limits.Clock.GetUtcNow(),
            Tool = Shorten(request.Tool, 128),
            ArgumentsJson = Shorten(request.ArgumentsJson, LongestLoggedArguments),
            RequestedBy = Shorten(request.RequestedBy, 200),
        };
        var answer = await AnswerAsync(request, source, call, cancellationToken);

        var elapsed = limits.Clock.GetElapsedTime(started);
        call.DurationMs = (int)elapsed.TotalMilliseconds;
        db.Calls.Add(call);
        await db.SaveChangesAsync(CancellationToken.None);
        var tags = new TagList { { "vendor", source.Vendor }, { "outcome", call.Outcome.ToString() } };
        ConnectorTelemetry.Calls.Add(1, tags);
        ConnectorTelemetry.CallDuration.Record(elapsed.TotalSeconds, tags);
        activity?.SetTag("claribi.outcome", call.Outcome.ToString());
        return new MadeCall(call.Id, call.DurationMs, answer);
    }

    private async Task<object> AnswerAsync(CallTool request, DataSource source, LoggedCall call, CancellationToken cancellationToken)
    {
        var vendor = catalogue.Find(source.Vendor);
        var name = vendor?.Name ?? source.Vendor;
        if (Unusable.Of(source) is { } unusable)
        {
            call.Detail = unusable.Message;
            return unusable;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(request.Timeout > TimeSpan.Zero && request.Timeout < limits.Longest ? request.Timeout : limits.Longest);
        using var open = tools.Open(source);
        var session = open.Session;
        ToolCallFailed failure;
        try
        {
            var judged = await tools.FindAsync(source, session, request.Tool, limit.Token);
            if (judged is null)
            {
                call.Detail = $"{name} publishes no tool {request.Tool} to this account.";
                return new ToolCallFailed(ToolCallFailure.ToolNotFound, call.Detail, null);
            }

            if (CallPolicy.Judge(judged.Tool, judged.Verdict, request.ArgumentsJson, out var arguments) is { } refusal)
            {
                (call.Outcome, call.Detail) = (CallOutcome.Refused, refusal);
                return new ToolCallFailed(ToolCallFailure.RefusedByPolicy, refusal, null);
            }

            call.Admitted = true;
            var completed = await SendAsync(source.ToInfo(vendor), session, judged.Tool.Name, arguments, call, limit.Token);
            await health.NoteCallAsync(source, session, null, CancellationToken.None);
            return completed;
        }
        catch (Exception exception) when (CallFailures.Describe(exception, name) is { } described)
        {
            failure = described;
        }

        call.Detail = failure.Message;
        await health.NoteCallAsync(source, session, failure, CancellationToken.None);
        return failure;
    }

    private async Task<ToolCallCompleted> SendAsync(
        DataSourceInfo source, McpSession session, string tool, JsonElement arguments, LoggedCall call, CancellationToken cancellationToken)
    {
        var vendorTime = TimeSpan.Zero;
        ToolResult result;
        try
        {
            result = await session.RunAsync($"tools/call {tool}", async (client, token) =>
            {
                call.Sent = true;
                var sent = limits.Clock.GetTimestamp();
                var answered = await VendorTools.CallAsync(client, tool, arguments, token);
                vendorTime = limits.Clock.GetElapsedTime(sent);
                return answered;
            }, cancellationToken);
        }
        catch (HttpRequestException forbidden) when (forbidden.StatusCode == HttpStatusCode.Forbidden)
        {
            // Tools stay listed for roles that may not call them: the account lives, this call does not.
            result = new ToolResult($"{source.VendorName} does not allow this account to use {tool}. An administrator there can grant the role.", IsError: true);
        }

        call.Bytes = Encoding.UTF8.GetByteCount(result.Text);
        if (call.Bytes > limits.LargestResult)
        {
            throw new ResultTooLargeException(call.Bytes);
        }

        call.Outcome = result.IsError ? CallOutcome.VendorError : CallOutcome.Completed;
        call.Detail = result.IsError ? Shorten(result.Text, 500) : null;
        return new ToolCallCompleted(source, tool, result.Text, result.IsError, vendorTime, limits.Clock.GetUtcNow());
    }

    /// <summary>Fit for a column of this length: without NUL and without half a surrogate pair, both of which PostgreSQL refuses.</summary>
    private static string Shorten(string text, int length)
    {
        var clean = text.Replace("\0", "", StringComparison.Ordinal);
        if (clean.Length <= length)
        {
            return clean;
        }

        var end = char.IsHighSurrogate(clean[length - 2]) ? length - 2 : length - 1;
        return string.Concat(clean.AsSpan(0, end), "…");
    }
}
