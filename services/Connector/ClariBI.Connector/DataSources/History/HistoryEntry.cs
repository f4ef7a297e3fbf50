using System.Text.Json.Serialization;
using ClariBI.Contracts;

namespace ClariBI.Connector.DataSources.History;

/// <summary>What can happen to a connection.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<HistoryKind>))]
internal enum HistoryKind
{
    Consented,
    Reconnected,
    Refreshed,
    RefreshFailed,

    /// <summary>Lies ahead: computed when the timeline is read, never stored.</summary>
    Expires,
    Degraded,
    Recovered,
    NeedsReauthorization,
    ProjectChanged,
    Renamed,
    ToolApproved,
    ToolSwitched,
    ToolsChanged,
    DataClassSwitched,
    Disconnected,
    RevocationConfirmed,
    RevocationPending,
}

/// <summary>One line of a data source's timeline. Holds sentences for people, never a credential.</summary>
internal sealed class HistoryEntry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid WorkspaceId { get; init; }

    public required Guid DataSourceId { get; init; }

    /// <summary>For a line that stands for several events: the latest.</summary>
    public required DateTimeOffset At { get; set; }

    public required HistoryKind Kind { get; init; }

    public required string Title { get; set; }

    public string? Detail { get; set; }

    /// <summary>A person's name; null where ClariBI or the vendor did it.</summary>
    public string? By { get; init; }

    /// <summary>Events of the same key are one line; null: a line of its own.</summary>
    public string? CollapseKey { get; init; }

    /// <summary>How many events the line stands for.</summary>
    public int Count { get; set; } = 1;
}
