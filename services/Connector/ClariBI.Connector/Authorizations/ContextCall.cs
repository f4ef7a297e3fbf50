using System.Text;
using System.Text.Json;
using ClariBI.Connector.Calls;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Tools;

namespace ClariBI.Connector.Authorizations;

/// <summary>Calls the tool that tells the account, before there is a data source: judged and logged as every call is.</summary>
internal sealed class ContextCall(ConnectorStore store, Authorization authorization, McpSession session, PublishedTool tool, ToolVerdict verdict)
{
    /// <returns>The text of the answer; null when the policy or the vendor refused.</returns>
    public async Task<string?> AskAsync(object arguments, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(arguments);
        var started = store.Clock.GetTimestamp();
        var call = new LoggedCall
        {
            WorkspaceId = authorization.WorkspaceId,
            DataSourceId = authorization.DataSourceId ?? authorization.Id,
            AnalysisId = null,
            At = store.Clock.GetUtcNow(),
            Tool = tool.Name,
            ArgumentsJson = json,
            RequestedBy = authorization.UserName,
        };
        try
        {
            if (CallPolicy.Judge(tool, verdict, json, out var admitted) is { } refusal)
            {
                (call.Outcome, call.Detail) = (CallOutcome.Refused, refusal);
                return null;
            }

            call.Admitted = true;
            var result = await session.RunAsync(
                $"tools/call {tool.Name}",
                (client, token) =>
                {
                    (call.Sent, call.Attempts) = (true, call.Attempts + 1);
                    return VendorTools.CallAsync(client, tool.Name, admitted, token);
                },
                cancellationToken);
            call.Bytes = Encoding.UTF8.GetByteCount(result.Text);
            call.Outcome = result.IsError ? CallOutcome.VendorError : CallOutcome.Completed;
            return result.IsError ? null : result.Text;
        }
        finally
        {
            call.DurationMs = (int)store.Clock.GetElapsedTime(started).TotalMilliseconds;
            store.Db.Calls.Add(call);
        }
    }
}
