using ClariBI.Charts.Charts;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.Charts.Tiles;

/// <summary>What a tile is between refreshes; a refresh under way is <see cref="Tile.LeasedUntil"/>.</summary>
internal enum TileCondition
{
    Fresh,
    Failed,

    /// <summary>The vendor wants its consent again; shown as failed, and over when the data source is connected again.</summary>
    Unauthorized,

    /// <summary>The data source is disconnected: never refreshed.</summary>
    Frozen,
}

/// <summary>
/// A chart on a dashboard. It holds its own query and data, so that it lives on when the answer it came from is deleted.
/// Its refresh is written by compare-and-set on <see cref="LeaseId"/>; see <see cref="TileRefresh"/>.
/// </summary>
internal sealed class Tile
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public required Guid DashboardId { get; init; }

    public required Guid WorkspaceId { get; init; }

    public required Guid DataSourceId { get; init; }

    public required Guid AnalysisId { get; init; }

    public required string Question { get; init; }

    public required AnalysisQuery Query { get; init; }

    public required string Title { get; set; }

    public Guid SnapshotId { get; private set; }

    /// <summary>When the data was last brought up to date; the age a schedule looks at.</summary>
    public DateTimeOffset RefreshedAt { get; private set; }

    public TileCondition State { get; private set; }

    /// <summary>Why it failed or is frozen, a sentence for people.</summary>
    public string? StateReason { get; private set; }

    /// <summary>Failed refreshes in a row.</summary>
    public int Failures { get; private set; }

    /// <summary>After failures: not before this time without being asked.</summary>
    public DateTimeOffset? RetryAt { get; private set; }

    /// <summary>Changes with every refresh: who saw an older one lost the race.</summary>
    public Guid? LeaseId { get; private set; }

    public DateTimeOffset? LeasedUntil { get; private set; }

    public int X { get; private set; }

    public int Y { get; private set; }

    public int Width { get; private set; }

    public int Height { get; private set; }

    public Slot Slot => new(X, Y, Width, Height);

    public void Place(Slot slot) => (X, Y, Width, Height) = (slot.X, slot.Y, slot.Width, slot.Height);

    public void Show(Snapshot snapshot)
    {
        SnapshotId = snapshot.Id;
        RefreshedAt = snapshot.CapturedAt;
    }

    /// <summary>Takes over what became of the data source.</summary>
    public void Follow(TileCondition state, string? reason)
    {
        State = state;
        StateReason = reason;
        RetrySoon();
    }

    public void RetrySoon() => (Failures, RetryAt) = (0, null);
}
