using System.Collections.Concurrent;
using ClariBI.Connector.Tools;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Mcp;

/// <summary>What each account's server published last, for a few minutes. The policy judges it anew at every use.</summary>
internal sealed class ToolInventories(IOptions<ConnectorOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<SessionKey, (IReadOnlyList<PublishedTool> Tools, DateTimeOffset Until)> known = new();

    public async Task<IReadOnlyList<PublishedTool>> GetAsync(SessionKey key, McpSession session, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(key, out var inventory) && inventory.Until > clock.GetUtcNow())
        {
            return inventory.Tools;
        }

        var tools = await session.RunAsync("tools/list", VendorTools.ListAsync, cancellationToken);
        known[key] = (tools, clock.GetUtcNow() + options.Value.InventoryLifetime);
        return tools;
    }

    public void Forget(SessionKey key) => known.TryRemove(key, out _);

    public void Forget(Guid ownerId)
    {
        foreach (var key in known.Keys.Where(key => key.OwnerId == ownerId))
        {
            Forget(key);
        }
    }
}
