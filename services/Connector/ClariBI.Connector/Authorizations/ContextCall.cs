using System.Text;
using System.Text.Json;
using ClariBI.Connector.Calls;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Tools;

namespace ClariBI.Connector.Authorizations;

/// <summary>Calls the tool that tells the account, before there is a data source: judged and logged as every call is.</summary>
internal sealed class ContextCall(CallLog log, Authorization authorization, McpSession session, AdmittedTool tool)
{
    /// <returns>The text of the answer; null when the policy or the vendor refused.</returns>
    public async Task<string?> AskAsync(object arguments, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(arguments);
        var started = log.Clock.GetTimestamp();
        var call = log.Begin(
            authorization.WorkspaceId, authorization.DataSourceId ?? authorization.Id, tool.Tool.Name, json, authorization.UserName);
        try
        {
            if (CallPolicy.Judge(tool.Tool, tool.Verdict, json, out var admitted) is { } refusal)
            {
                (call.Outcome, call.Detail) = (refusal.IsPolicy ? CallOutcome.Refused : CallOutcome.Failed, refusal.Sentence);
                return null;
            }

            call.Admitted = true;
            await log.SendingAsync(call);
            var result = await session.RunAsync(
                $"tools/call {tool.Tool.Name}",
                (client, token) =>
                {
                    call.Sent = true;
                    call.Attempts++;
                    return VendorTools.CallAsync(client, tool.Tool.Name, admitted, token);
                },
                cancellationToken);
            call.Bytes = Encoding.UTF8.GetByteCount(result.Text);
            call.Outcome = result.IsError ? CallOutcome.VendorError : CallOutcome.Completed;
            return result.IsError ? null : result.Text;
        }
        finally
        {
            await log.EndAsync(call, authorization.Vendor, started);
        }
    }
}
