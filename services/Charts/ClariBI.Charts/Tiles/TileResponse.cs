using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClariBI.Charts.Charts;
using ClariBI.Charts.Descriptions;
using ClariBI.Charts.Specs;
using ClariBI.Contracts;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Charts;

namespace ClariBI.Charts.Tiles;

[JsonConverter(typeof(SnakeCaseEnumConverter<TileState>))]
internal enum TileState
{
    Fresh,
    Refreshing,
    Failed,

    /// <summary>The data source is disconnected: it shows its last data and is not refreshed.</summary>
    Frozen,
}

/// <summary>In cells of a grid of 12 columns.</summary>
internal sealed record TileLayoutResponse(int X, int Y, int Width, int Height);

internal sealed record TileResponse(
    Guid Id,
    Guid DashboardId,
    string Title,
    string Question,
    Guid AnalysisId,
    ChartType Type,
    JsonObject Option,
    ResultTable Table,
    string Description,
    ChartSource Source,
    TileLayoutResponse Layout,
    DateTimeOffset RefreshedAt,
    TileState State,
    string? StateReason)
{
    public static TileResponse Of(Tile tile, Snapshot snapshot, DateTimeOffset now)
    {
        var spec = ChartSpec.Choose(snapshot.Table, tile.Query);
        return new TileResponse(
            tile.Id, tile.DashboardId, tile.Title, tile.Question, tile.AnalysisId, spec.Type, spec.Option, snapshot.Table,
            ChartDescription.Write(tile.Title, spec.Type, snapshot.Table, snapshot.Source), snapshot.Source,
            new TileLayoutResponse(tile.X, tile.Y, tile.Width, tile.Height), tile.RefreshedAt, StateOf(tile, now), ReasonOf(tile, snapshot));
    }

    private static TileState StateOf(Tile tile, DateTimeOffset now) => tile.State switch
    {
        TileCondition.Frozen => TileState.Frozen,
        _ when tile.LeasedUntil > now => TileState.Refreshing,
        TileCondition.Failed or TileCondition.Unauthorized => TileState.Failed,
        _ => TileState.Fresh,
    };

    /// <summary>Whoever reads why the data is old also wants to know how old.</summary>
    private static string? ReasonOf(Tile tile, Snapshot snapshot)
    {
        if (tile.StateReason is not { } reason)
        {
            return null;
        }

        var (local, zone) = LocalTime.In(snapshot.CapturedAt, snapshot.Source.TimeZone);
        return string.Create(
            CultureInfo.InvariantCulture, $"{reason.TrimEnd().TrimEnd('.')}; showing the data of {local:d MMM yyyy, HH:mm} ({zone}).");
    }
}
