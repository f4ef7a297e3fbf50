using ClariBI.Connector.Authorizations;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Vendors;
using ClariBI.Contracts.Connector;
using ClariBI.ServiceDefaults.Callers;

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
    string? DisconnectNote,
    string ServerUrl)
{
    public bool ServiceAccount { get; init; }

    /// <summary>Whether the person who asks may disconnect and delete it.</summary>
    public bool MayEnd { get; init; }

    public string? OrganizationId { get; init; }

    /// <summary>One of <see cref="StateCodes"/>; <c>insufficient_scope</c> also while connected.</summary>
    public string? StateCode { get; init; }

    /// <summary>What to do, a sentence.</summary>
    public string? Fix { get; init; }

    public DateTimeOffset? RetryAt { get; init; }

    public ReachableResponse? Reachable { get; init; }

    public string? ChallengedScope { get; init; }

    public DateTimeOffset? ConsentedAt { get; init; }

    /// <summary>Tools whose definition waits for approval.</summary>
    public int ToolsPending { get; init; }

    public bool PersonalTools { get; init; }

    public bool FreeTextTools { get; init; }

    /// <param name="caller">Who asks.</param>
    /// <param name="writesSent">Counted from the call log.</param>
    public static DataSourceResponse Of(DataSource source, Caller caller, VendorCatalogue catalogue, int writesSent)
    {
        var vendor = catalogue.Find(source.Vendor);
        var needsScope = source is { State: DataSourceState.Connected, ChallengedScope: not null };
        return new DataSourceResponse(
            source.Id, source.Name, source.Vendor, vendor?.Name ?? source.Vendor,
            source.Region, VendorCatalogue.RegionName(vendor, source.Region), source.IsSandbox, source.State, source.StateReason, source.Organization,
            source.ProjectId is null ? null : new VendorProjectResponse(source.ProjectId, source.ProjectName ?? source.ProjectId, source.ProjectTimeZone),
            source.CreatedBy, source.CreatedAt, source.DisconnectedAt,
            source.State != DataSourceState.Disconnected && source.GrantIssuedAt is { } issuedAt
                ? new GrantResponse(issuedAt, source.GrantRefreshedAt, source.GrantExpiresAt, source.ScopeList)
                : null,
            new ToolCountsResponse(source.ToolsAllowed, source.ToolsRefused), writesSent, source.DisconnectNote, source.ServerUrl)
        {
            ServiceAccount = source.ServiceAccount,
            MayEnd = source.MayBeEndedBy(caller),
            OrganizationId = source.OrganizationId,
            StateCode = needsScope ? StateCodes.InsufficientScope : source.StateCode,
            Fix = needsScope ? StateCodes.Fix(StateCodes.InsufficientScope, catalogue.NameOf(source)) : source.Fix,
            RetryAt = source.RetryAt,
            Reachable = source is { ReachableOk: { } ok, ReachableAt: { } at } ? new ReachableResponse(ok, at) : null,
            ChallengedScope = source.ChallengedScope,
            ConsentedAt = source.GrantIssuedAt,
            ToolsPending = source.ToolsPending,
            PersonalTools = source.PersonalTools,
            FreeTextTools = source.FreeTextTools,
        };
    }
}

internal sealed record GrantResponse(
    DateTimeOffset IssuedAt, DateTimeOffset? RefreshedAt, DateTimeOffset? ExpiresAt, IReadOnlyList<string> Scopes);

/// <summary>Whether the vendor answers, which is another matter than whether it accepts us.</summary>
internal sealed record ReachableResponse(bool Ok, DateTimeOffset CheckedAt);
