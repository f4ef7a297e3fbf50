namespace ClariBI.Contracts.CredentialVault;

/// <summary>Event: the vendor gave new tokens.</summary>
/// <param name="ExpiresAt">Of the new access token; null when the vendor did not say.</param>
public sealed record GrantRefreshed(Guid GrantId, Guid WorkspaceId, int Generation, DateTimeOffset At, DateTimeOffset? ExpiresAt);

/// <summary>Event: a renewal failed and nothing is lost. Only the first of a series is announced; <see cref="GrantRefreshed"/> ends it.</summary>
/// <param name="Detail">A sentence for people: the cause.</param>
/// <param name="RetryAt">When the vault asks the vendor again.</param>
public sealed record GrantRefreshFailed(Guid GrantId, Guid WorkspaceId, int Generation, string Detail, DateTimeOffset At, DateTimeOffset RetryAt);

/// <summary>Event: a revocation that was still open after <see cref="GrantRevoked"/> came to its end.</summary>
/// <param name="Confirmed">Whether the vendor acknowledged it; false when the vault gave up, or the vendor refused for good.</param>
/// <param name="Detail">A sentence for people.</param>
public sealed record GrantRevocationSettled(Guid GrantId, Guid WorkspaceId, bool Confirmed, string Detail, DateTimeOffset At);
