using ClariBI.Charts.Charts;
using ClariBI.Charts.Data;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Charts.Tiles;

internal sealed record TileData(Tile Tile, Snapshot Snapshot);

internal static class TileDataQueries
{
    /// <summary>The one tile, when it is on this dashboard of the caller's workspace.</summary>
    public static IQueryable<Tile> OwnedBy(this IQueryable<Tile> tiles, Caller caller, Guid dashboardId, Guid tileId) =>
        tiles.Where(tile => tile.Id == tileId && tile.DashboardId == dashboardId && tile.WorkspaceId == caller.WorkspaceId);

    public static Task<List<TileData>> WithDataAsync(this IQueryable<Tile> tiles, ChartsDbContext db, CancellationToken cancellationToken) =>
        tiles.AsNoTracking()
            .Join(db.Snapshots, tile => tile.SnapshotId, snapshot => snapshot.Id, (tile, snapshot) => new TileData(tile, snapshot))
            .ToListAsync(cancellationToken);
}
