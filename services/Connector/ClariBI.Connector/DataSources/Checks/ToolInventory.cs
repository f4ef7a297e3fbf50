using ClariBI.Connector.Calls;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Tools;
using ClariBI.Connector.Vendors;
using ClariBI.Contracts.Connector;

namespace ClariBI.Connector.DataSources.Checks;

/// <summary>Asks a vendor for what it offers now, and makes the one call that costs least, through policy and call log.</summary>
internal sealed class ToolInventory(DataSourceTools tools, SessionCaches caches, ToolCaller caller, VendorCatalogue catalogue, TimeProvider clock)
{
    public TimeProvider Clock => clock;

    public string NameOf(DataSource source) => catalogue.NameOf(source);

    /// <summary>Whatever was remembered is asked for again.</summary>
    public Task<IReadOnlyList<JudgedTool>> ReadAsync(DataSource source, McpSession session, CancellationToken cancellationToken)
    {
        caches.Inventories.Forget(source.SessionKey);
        return tools.ListAsync(source, session, cancellationToken);
    }

    /// <returns>False when there is nothing harmless to call; else the call log and the state tell what came of it.</returns>
    public async Task<bool> CallAsync(DataSource source, string requestedBy, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var open = tools.Open(source);
        var judged = await tools.ListAsync(source, open.Session, cancellationToken);
        if (Harmless(source, judged) is not { } tool)
        {
            return false;
        }

        await CallAsync(source, tool, "{}", requestedBy, timeout, cancellationToken);
        return true;
    }

    /// <returns><see cref="ToolCallCompleted"/> or <see cref="ToolCallFailed"/>.</returns>
    public async Task<object> CallAsync(
        DataSource source, string tool, string argumentsJson, string requestedBy, TimeSpan timeout, CancellationToken cancellationToken) =>
        (await caller.MakeAsync(
            new CallTool(source.WorkspaceId, source.Id, tool, argumentsJson, null, requestedBy, timeout), cancellationToken)).Answer;

    /// <summary>The tool that tells the account, where it is admitted.</summary>
    public string? ContextTool(DataSource source, IReadOnlyList<JudgedTool> judged) =>
        catalogue.Find(source.Vendor)?.ContextTools.FirstOrDefault(name => judged.Any(tool => tool.Tool.Name == name && tool.Verdict.IsAdmitted));

    /// <summary>The context tool, else the admitted one with the smallest schema that needs no argument.</summary>
    public string? Harmless(DataSource source, IReadOnlyList<JudgedTool> judged) =>
        ContextTool(source, judged) ?? judged
            .Where(tool => tool.Verdict is { IsAdmitted: true, Admission: null or { MayOmit: true } } && NeedsNothing(tool.Tool))
            .OrderBy(tool => tool.Tool.InputSchema.GetRawText().Length).ThenBy(tool => tool.Tool.Name, StringComparer.Ordinal)
            .Select(tool => tool.Tool.Name).FirstOrDefault();

    private static bool NeedsNothing(PublishedTool tool) =>
        tool.InputSchema.ValueKind == System.Text.Json.JsonValueKind.Object
        && (!tool.InputSchema.TryGetProperty("required", out var required)
            || (required.ValueKind == System.Text.Json.JsonValueKind.Array && required.GetArrayLength() == 0));
}
