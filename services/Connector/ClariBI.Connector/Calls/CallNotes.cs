using ClariBI.Connector.Calls.Results;
using ClariBI.Connector.DataSources;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Tools;
using ClariBI.Contracts.Connector;

namespace ClariBI.Connector.Calls;

/// <summary>What a call tells about its data source, written down whether or not anybody still waits for its answer.</summary>
internal sealed class CallNotes(DataSourceHealth health, ScopeNotes scopes, DataSourceTools tools)
{
    public Task AnsweredAsync(DataSource source, McpSession session) => health.NoteCallAsync(source, session.Bearer.Latest, null, CancellationToken.None);

    public async Task FailedAsync(DataSource source, Exception exception, ToolCallFailed failure)
    {
        if (exception is InsufficientScopeException missing)
        {
            await scopes.NoteAsync(source, missing.Scope, CancellationToken.None);
        }

        using var open = tools.Open(source);
        await health.NoteCallAsync(
            source, open.Session.Bearer.Latest, exception is ResultNotAsPublishedException ? null : failure, CancellationToken.None);
    }
}
