using ClariBI.CredentialVault.Grants;

namespace ClariBI.CredentialVault.Access;

/// <summary>One use of a credential: who asked, for what, and what came of it. Never a token.</summary>
internal sealed class AccessLogEntry
{
    public const int LongestPurpose = 200;

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid GrantId { get; init; }

    public required Guid WorkspaceId { get; init; }

    public required int Generation { get; init; }

    /// <summary>The service whose proof the request carried.</summary>
    public required string Service { get; init; }

    public required string Purpose { get; init; }

    /// <summary><c>stored</c>, <c>leased</c>, <c>refreshed</c>, <c>ended</c>, <c>revoked</c>.</summary>
    public required string Outcome { get; init; }

    public required DateTimeOffset At { get; init; }

    public static AccessLogEntry Of(Grant grant, string service, string purpose, string outcome, DateTimeOffset at) => new()
    {
        GrantId = grant.Id,
        WorkspaceId = grant.WorkspaceId,
        Generation = grant.Generation,
        Service = service,
        Purpose = Shorten(purpose),
        Outcome = outcome,
        At = at,
    };

    /// <summary>Without NUL and without half a surrogate pair, both of which PostgreSQL refuses.</summary>
    private static string Shorten(string purpose)
    {
        var clean = purpose.Replace("\0", "", StringComparison.Ordinal);
        return clean.Length <= LongestPurpose
            ? clean
            : clean[..(char.IsHighSurrogate(clean[LongestPurpose - 1]) ? LongestPurpose - 1 : LongestPurpose)];
    }
}
