using System.Collections.Concurrent;
using ClariBI.Connector.Tools;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Mcp;

/// <summary>
/// What each account's server published last, for a few minutes: as long as the server says, within bounds. The policy judges
/// it anew at every use. Many who want it at the same time ask once.
/// </summary>
internal sealed class ToolInventories(IOptions<ConnectorOptions> options, TimeProvider clock) : ISwept
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<SessionKey, (IReadOnlyList<PublishedTool> Tools, DateTimeOffset Until)> known = new();
    private readonly Flights<SessionKey, object, IReadOnlyList<PublishedTool>> listing = new();

    public int Count => known.Count;

    public async Task<IReadOnlyList<PublishedTool>> GetAsync(SessionKey key, McpSession session, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(key, out var inventory) && inventory.Until > clock.GetUtcNow())
        {
            return inventory.Tools;
        }

        using var seat = listing.Board(key, _ => { }, (_, token) => ListAsync(key, session, token));
        return await seat.WaitAsync(cancellationToken);
    }

    public void Forget(SessionKey key) => known.TryRemove(key, out _);

    public void Forget(Guid ownerId)
    {
        foreach (var key in known.Keys.Where(key => key.OwnerId == ownerId))
        {
            Forget(key);
        }
    }

    /// <summary>Lists whose time is over go, also those of grants that another replica has replaced.</summary>
    public void Sweep()
    {
        var now = clock.GetUtcNow();
        foreach (var entry in known.Where(entry => entry.Value.Until <= now))
        {
            known.TryRemove(entry);
        }
    }

    private async Task<IReadOnlyList<PublishedTool>> ListAsync(SessionKey key, McpSession session, CancellationToken cancellationToken)
    {
        var listing = await session.RunAsync("tools/list", VendorTools.ReadAsync, cancellationToken);
        session.Knows(listing.Definitions);
        var longest = options.Value.InventoryLifetime;
        var lifetime = listing.Lifetime is not { } told || told > longest ? longest : told < Shortest ? Shortest : told;
        known[key] = (listing.Tools, clock.GetUtcNow() + lifetime);
        return listing.Tools;
    }
}
