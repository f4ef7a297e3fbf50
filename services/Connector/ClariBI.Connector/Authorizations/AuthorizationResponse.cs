namespace ClariBI.Connector.Authorizations;

internal sealed record AuthorizationResponse(
    Guid Id,
    string Vendor,
    string Region,
    AuthorizationStatus Status,
    string? AuthorizeUrl,
    AuthorizationFailureResponse? Failure,
    VendorAccountResponse? Account,
    ToolCountsResponse? Tools,
    DateTimeOffset ExpiresAt)
{
    public static AuthorizationResponse Of(Authorization authorization, DateTimeOffset now)
    {
        var expired = authorization.HasExpired(now);
        var account = VendorAccount.FromJson(authorization.AccountJson);
        return new AuthorizationResponse(
            authorization.Id, authorization.Vendor, authorization.Region,
            expired ? AuthorizationStatus.Failed : authorization.Status,
            authorization.Status == AuthorizationStatus.AwaitingConsent && !expired ? authorization.AuthorizeUrl : null,
            expired ? AuthorizationFailureResponse.Expired
                : authorization.FailureStep is { } step ? new(step, authorization.FailureTitle!, authorization.FailureDetail!) : null,
            account is null ? null : new VendorAccountResponse(
                account.Organization, account.User, [.. account.Projects.Select(project => new VendorProjectResponse(project.Id, project.Name, project.TimeZone))]),
            authorization.Status is AuthorizationStatus.Authorized or AuthorizationStatus.Finished
                ? new ToolCountsResponse(authorization.ToolsAllowed, authorization.ToolsRefused)
                : null,
            authorization.ExpiresAt);
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
