using ClariBI.Charts.Data;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Charts;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Charts.Charts;

/// <summary>The data of a chart or of a tile at one time, with where it came from.</summary>
internal sealed class Snapshot
{
    /// <summary>How many are kept per chart and per tile.</summary>
    public const int Kept = 30;

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public Guid? ChartId { get; init; }

    public Guid? TileId { get; init; }

    public required ResultTable Table { get; init; }

    public required ChartSource Source { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>As both databases store it, so that an instant compares equal to itself read back: UTC, whole microseconds.</summary>
    public static DateTimeOffset Stored(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}

internal static class SnapshotHistory
{
    public static Task<int> TrimChartAsync(this ChartsDbContext db, Guid chartId, CancellationToken cancellationToken) =>
        TrimAsync(db.Snapshots.Where(row => row.ChartId == chartId), cancellationToken);

    public static Task<int> TrimTileAsync(this ChartsDbContext db, Guid tileId, CancellationToken cancellationToken) =>
        TrimAsync(db.Snapshots.Where(row => row.TileId == tileId), cancellationToken);

    private static Task<int> TrimAsync(IQueryable<Snapshot> snapshots, CancellationToken cancellationToken) =>
        snapshots.OrderByDescending(row => row.CapturedAt).ThenByDescending(row => row.Id)
            .Skip(Snapshot.Kept).ExecuteDeleteAsync(cancellationToken);
}
