using ClariBI.Charts.Data;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Charts.Sources;

/// <summary>Takes news of a data source over to its tiles.</summary>
internal sealed class SourceStates(ChartsDbContext db)
{
    public async Task ChangeAsync(
        (Guid DataSourceId, Guid WorkspaceId) source, SourceStanding standing, string? detail, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var state = await db.SourceStates.SingleOrDefaultAsync(
            row => row.WorkspaceId == source.WorkspaceId && row.DataSourceId == source.DataSourceId, cancellationToken);
        if (state is null)
        {
            state = new SourceState { DataSourceId = source.DataSourceId, WorkspaceId = source.WorkspaceId };
            db.SourceStates.Add(state);
        }

        if (!state.TryChange(standing, detail, at))
        {
            return;
        }

        var tiles = await db.Tiles
            .Where(tile => tile.DataSourceId == source.DataSourceId && tile.WorkspaceId == source.WorkspaceId)
            .ToListAsync(cancellationToken);
        var shown = tiles.Select(tile => tile.SnapshotId).ToList();
        var sources = await db.Snapshots.Where(row => shown.Contains(row.Id))
            .Select(row => new { row.Id, row.Source }).ToDictionaryAsync(row => row.Id, row => row.Source, cancellationToken);
        foreach (var tile in tiles.Where(tile => sources.ContainsKey(tile.SnapshotId)))
        {
            state.ApplyTo(tile, sources[tile.SnapshotId]);
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
