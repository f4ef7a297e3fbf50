using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Vendors;
using ClariBI.Contracts.Connector;

namespace ClariBI.Connector.DataSources;

internal sealed record DataSourceResponse(
    Guid Id,
    string Name,
    string Vendor,
    string VendorName,
    string Region,
    string RegionName,
    bool Sandbox,
    DataSourceState State,
    string? StateReason,
    string? Organization,
    VendorProjectResponse? Project,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DisconnectedAt,
    GrantResponse? Grant,
    ToolCountsResponse Tools,
    int WritesSent,
    string? DisconnectNote)
{
    /// <param name="writesSent">Counted from the call log.</param>
    public static DataSourceResponse Of(DataSource source, Vendor? vendor, int writesSent) => new(
        source.Id, source.Name, source.Vendor, vendor?.Name ?? source.Vendor,
        source.Region, VendorCatalogue.RegionName(vendor, source.Region), source.IsSandbox, source.State, source.StateReason, source.Organization,
        source.ProjectId is null ? null : new VendorProjectResponse(source.ProjectId, source.ProjectName ?? source.ProjectId, source.ProjectTimeZone),
        source.CreatedBy, source.CreatedAt, source.DisconnectedAt,
        source.State != DataSourceState.Disconnected && source.GrantIssuedAt is { } issuedAt
            ? new GrantResponse(issuedAt, source.GrantRefreshedAt, source.GrantExpiresAt, source.ScopeList)
            : null,
        new ToolCountsResponse(source.ToolsAllowed, source.ToolsRefused), writesSent, source.DisconnectNote);
}

internal sealed record GrantResponse(
    DateTimeOffset IssuedAt, DateTimeOffset? RefreshedAt, DateTimeOffset? ExpiresAt, IReadOnlyList<string> Scopes);
