namespace ClariBI.Contracts.CredentialVault;

/// <summary>Asks who used a grant. Answered with <see cref="AccessLog"/> or <see cref="VaultRequestRefused"/>.</summary>
/// <param name="Limit">1 to 500.</param>
/// <param name="Proof">Over WorkspaceId and GrantId.</param>
public sealed record GetAccessLog(Guid GrantId, Guid WorkspaceId, int Limit, ServiceProof Proof);

/// <param name="Entries">Newest first; empty for a grant of another workspace.</param>
public sealed record AccessLog(IReadOnlyList<CredentialAccess> Entries);

/// <summary>One use of a credential.</summary>
/// <param name="Service">The service that asked, by its proof; <c>vault</c> for what the vault does by itself.</param>
/// <param name="Purpose">What the token was asked for, for example <c>tools/call query_amplitude_data</c>.</param>
/// <param name="Outcome">
/// <c>stored</c>, <c>leased</c>, <c>refused</c>, <c>refreshed</c>, <c>refresh_failed</c>, <c>ended</c>, <c>revoked</c>,
/// <c>revocation_confirmed</c> or <c>revocation_given_up</c>.
/// </param>
/// <param name="LeaseExpiresAt">Until when a leased token may be used; null for everything else.</param>
public sealed record CredentialAccess(
    DateTimeOffset At, string Service, string Purpose, string Outcome, int Generation, DateTimeOffset? LeaseExpiresAt);
