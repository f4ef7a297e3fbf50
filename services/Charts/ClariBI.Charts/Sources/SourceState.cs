using System.Globalization;
using ClariBI.Charts.Tiles;
using ClariBI.Contracts.Charts;

namespace ClariBI.Charts.Sources;

internal enum SourceStanding
{
    Usable,
    NeedsReauthorization,
    Disconnected,
}

/// <summary>What was last heard of a data source, so that a chart pinned later starts in the right state.</summary>
internal sealed class SourceState
{
    public required Guid DataSourceId { get; init; }

    public required Guid WorkspaceId { get; init; }

    public SourceStanding Standing { get; private set; }

    /// <summary>Disconnected: by whom. Needs reauthorization: why.</summary>
    public string? Detail { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>False for news older than what is known: events may overtake each other.</summary>
    public bool TryChange(SourceStanding standing, string? detail, DateTimeOffset at)
    {
        if (at < ChangedAt)
        {
            return false;
        }

        (Standing, Detail, ChangedAt) = (standing, detail, at.ToUniversalTime());
        return true;
    }

    public void ApplyTo(Tile tile, ChartSource source)
    {
        switch (Standing)
        {
            case SourceStanding.Disconnected:
                var (day, _) = LocalTime.In(ChangedAt, source.TimeZone);
                var by = string.IsNullOrWhiteSpace(Detail) ? "" : $" by {Detail}";
                tile.Follow(TileCondition.Frozen, string.Create(
                    CultureInfo.InvariantCulture, $"{source.DataSourceName} was disconnected{by} on {day:d MMM yyyy}"));
                break;
            case SourceStanding.NeedsReauthorization:
                tile.Follow(TileCondition.Unauthorized, Detail ?? $"{source.DataSourceName} has to be authorized again");
                break;
            case SourceStanding.Usable when tile.State is TileCondition.Frozen or TileCondition.Unauthorized:
                tile.Follow(TileCondition.Fresh, reason: null);
                break;
            case SourceStanding.Usable:
                tile.RetrySoon();
                break;
        }
    }
}
