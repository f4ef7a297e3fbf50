using System.Text.Json.Serialization;

namespace ClariBI.Contracts.Connector;

[JsonConverter(typeof(SnakeCaseEnumConverter<DataSourceState>))]
public enum DataSourceState
{
    Connecting,
    Connected,
    Degraded,
    NeedsReauthorization,
    Disconnected,
}

/// <summary>Asks which data sources a workspace has. Answered with <see cref="DataSourceList"/>.</summary>
public sealed record GetDataSources(Guid WorkspaceId);

public sealed record DataSourceList(IReadOnlyList<DataSourceInfo> Items);

/// <summary>A data source as other services see it: identity, never a credential.</summary>
/// <param name="Sandbox">True when it is the Amplitude sandbox: everything shown from it is labelled sample data.</param>
/// <param name="ProjectTimeZone">IANA name; null until the vendor says.</param>
/// <param name="GrantGeneration">Changes when the account is connected again: cached taxonomies are keyed by it.</param>
public sealed record DataSourceInfo(
    Guid Id,
    Guid WorkspaceId,
    string Name,
    string Vendor,
    string VendorName,
    string Region,
    string RegionName,
    bool Sandbox,
    DataSourceState State,
    string? StateReason,
    string? Organization,
    string? ProjectId,
    string? ProjectName,
    string? ProjectTimeZone,
    int GrantGeneration);

/// <summary>Event: a data source became usable, at first or again.</summary>
public sealed record DataSourceConnected(Guid DataSourceId, Guid WorkspaceId, DateTimeOffset At);

/// <summary>Event: the state changed; <see cref="Reason"/> is a sentence for people.</summary>
public sealed record DataSourceStateChanged(
    Guid DataSourceId, Guid WorkspaceId, DataSourceState State, string? Reason, DateTimeOffset At);

/// <summary>Event: disconnected by a person; the credential is deleted.</summary>
public sealed record DataSourceDisconnected(Guid DataSourceId, Guid WorkspaceId, string DisconnectedBy, DateTimeOffset At);
