using ClariBI.CredentialVault.Grants;
using ClariBI.ServiceDefaults.Texts;

namespace ClariBI.CredentialVault.Access;

/// <summary>One use of a credential: who asked, for what, and what came of it. Never a token.</summary>
internal sealed class AccessLogEntry
{
    public const int LongestPurpose = 200;
    public const int LongestService = 40;

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid GrantId { get; init; }

    public required Guid WorkspaceId { get; init; }

    public required int Generation { get; init; }

    /// <summary>The service whose proof the request carried.</summary>
    public required string Service { get; init; }

    public required string Purpose { get; init; }

    /// <summary>As <see cref="Contracts.CredentialVault.CredentialAccess"/> lists them.</summary>
    public required string Outcome { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Until when the leased token may be used.</summary>
    public DateTimeOffset? LeaseExpiresAt { get; init; }

    public static AccessLogEntry Of(
        Grant grant, string service, string purpose, string outcome, DateTimeOffset at, DateTimeOffset? leaseExpiresAt = null) =>
        Of(grant.WorkspaceId, grant.Id, grant.Generation, service, purpose, outcome, at, leaseExpiresAt);

    public static AccessLogEntry Of(
        Guid workspaceId, Guid grantId, int generation, string service, string purpose, string outcome, DateTimeOffset at,
        DateTimeOffset? leaseExpiresAt = null)
    {
        return new AccessLogEntry
        {
            GrantId = grantId,
            WorkspaceId = workspaceId,
            Generation = generation,
            Service = StoredText.Shorten(service ?? "", LongestService),
            Purpose = StoredText.Shorten(purpose ?? "", LongestPurpose),
            Outcome = outcome,
            At = at,
            LeaseExpiresAt = leaseExpiresAt,
        };
    }
}
