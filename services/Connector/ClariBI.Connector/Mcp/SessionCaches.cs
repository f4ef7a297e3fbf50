namespace ClariBI.Connector.Mcp;

/// <summary>Everything in memory that a data source's grant opened.</summary>
internal sealed class SessionCaches(McpSessions sessions, ToolInventories inventories)
{
    public McpSessions Sessions => sessions;

    public ToolInventories Inventories => inventories;

    public async Task ForgetAsync(Guid ownerId)
    {
        inventories.Forget(ownerId);
        await sessions.CloseAsync(ownerId);
    }
}
