using ClariBI.Connector.DataSources;

namespace ClariBI.Connector.Authorizations;

/// <param name="AuthorizeUrl">The consent page; null when there is nothing to consent to any more, or nothing ever was.</param>
/// <param name="OrganizationChange">Set when the data source would come back as another organization.</param>
/// <param name="Suspect">An earlier attempt with the same client never came back: offer to start over.</param>
internal sealed record AuthorizationResponse(
    Guid Id,
    string Vendor,
    string Region,
    AuthorizationStatus Status,
    string? AuthorizeUrl,
    AuthorizationFailureResponse? Failure,
    VendorAccountResponse? Account,
    ToolCountsResponse? Tools,
    DateTimeOffset ExpiresAt,
    string ServerUrl,
    bool ServiceAccount,
    OrganizationChangeResponse? OrganizationChange,
    bool Suspect)
{
    /// <param name="reconnected">The data source that is connected again; null for a new one.</param>
    public static AuthorizationResponse Of(Authorization authorization, DateTimeOffset now, string? address, DataSource? reconnected = null)
    {
        var expired = authorization.HasExpired(now);
        var account = VendorAccount.FromJson(authorization.AccountJson);
        return new AuthorizationResponse(
            authorization.Id, authorization.Vendor, authorization.Region,
            expired ? AuthorizationStatus.Failed : authorization.Status,
            authorization.Status == AuthorizationStatus.AwaitingConsent && !expired ? address : null,
            expired ? AuthorizationFailureResponse.Expired
                : authorization.FailureStep is { } step ? new(step, authorization.FailureTitle!, authorization.FailureDetail!) : null,
            account is null ? null : new VendorAccountResponse(
                account.Organization, account.User, [.. account.Projects.Select(project => new VendorProjectResponse(project.Id, project.Name, project.TimeZone))]),
            authorization.Status is AuthorizationStatus.Authorized or AuthorizationStatus.Finished
                ? new ToolCountsResponse(authorization.ToolsAllowed, authorization.ToolsRefused)
                : null,
            authorization.ExpiresAt,
            authorization.ServerUrl,
            authorization.ServiceAccount,
            authorization.Status == AuthorizationStatus.Authorized ? OrganizationChangeResponse.Between(reconnected, account) : null,
            authorization.Suspect);
    }
}

/// <param name="From">Of the data source until now.</param>
internal sealed record OrganizationChangeResponse(string From, string To)
{
    /// <returns>Null when it is the same organization, or nobody can tell.</returns>
    public static OrganizationChangeResponse? Between(DataSource? source, VendorAccount? account)
    {
        var (from, to) = source?.OrganizationId is not null && account?.OrganizationId is not null
            ? (source.OrganizationId, account.OrganizationId)
            : (source?.Organization, account?.Organization);
        return from is null || to is null || from == to
            ? null
            : new OrganizationChangeResponse(source!.Organization ?? from, account!.Organization ?? to);
    }
}

internal sealed record AuthorizationFailureResponse(AuthorizationStep Step, string Title, string Detail)
{
    public static AuthorizationFailureResponse Expired { get; } = new(
        AuthorizationStep.Expired, "The authorization expired.",
        $"Consent has to be given within {Authorization.Lifetime.TotalMinutes:0} minutes. Start over.");
}

internal sealed record VendorAccountResponse(string? Organization, string? User, IReadOnlyList<VendorProjectResponse> Projects);

internal sealed record VendorProjectResponse(string Id, string Name, string? TimeZone);

internal sealed record ToolCountsResponse(int Allowed, int Refused);
