namespace ClariBI.Contracts.CredentialVault;

/// <summary>Asks for the public key that new grants are sealed to. Answered with <see cref="SealingKey"/>.</summary>
public sealed record GetSealingKey;

/// <param name="PublicKey">P-256, SubjectPublicKeyInfo DER, base64url.</param>
/// <param name="Proof">Over PublicKey: nobody else on the broker can pass a key of theirs off as the vault's.</param>
public sealed record SealingKey(string PublicKey, ServiceProof Proof);

/// <summary>The answer to <see cref="StoreGrant"/> and <see cref="RevokeGrant"/> whose proof does not hold or whose grant belongs to another workspace.</summary>
public sealed record VaultRequestRefused(string Detail);

/// <summary>
/// Stores what a vendor granted. Answered with <see cref="GrantStored"/>. Sending it again with the same
/// <see cref="GrantId"/> replaces the tokens as a new generation (reconnect).
/// </summary>
/// <param name="Tokens">A <see cref="GrantTokens"/> as JSON, sealed to <see cref="SealingKey"/>; associated data <c>grant:{WorkspaceId:N}:{GrantId:N}</c>.</param>
/// <param name="Proof">Over WorkspaceId, GrantId and Tokens.Ciphertext.</param>
public sealed record StoreGrant(Guid GrantId, Guid WorkspaceId, string Vendor, Sealed Tokens, ServiceProof Proof);

/// <summary>The plaintext inside <see cref="StoreGrant.Tokens"/>. Never put on the bus by itself.</summary>
/// <param name="ExpiresAt">UTC; null when the vendor did not say.</param>
/// <param name="Resource">RFC 8707 value, the same at authorize, token and refresh; null where the vendor refuses it.</param>
/// <param name="ClientAuthentication"><c>none</c>, <c>client_secret_post</c> or <c>client_secret_basic</c>.</param>
/// <param name="GrantType">
/// <c>authorization_code</c>, or <c>client_credentials</c> (RFC 6749 section 4.4): then the client's own credentials renew it.
/// </param>
public sealed record GrantTokens(
    string AccessToken,
    string? RefreshToken,
    DateTimeOffset? ExpiresAt,
    string? Scope,
    string Issuer,
    string TokenEndpoint,
    string? RevocationEndpoint,
    string? Resource,
    string ClientId,
    string? ClientSecret,
    string ClientAuthentication,
    string GrantType = "authorization_code");

/// <param name="Generation">Counts the token pairs of this grant, from 1.</param>
public sealed record GrantStored(Guid GrantId, int Generation, DateTimeOffset IssuedAt, DateTimeOffset? ExpiresAt);

/// <summary>Asks for an access token. Answered with <see cref="AccessTokenLeased"/> or <see cref="LeaseRefused"/>.</summary>
/// <param name="EphemeralPublicKey">The asker's one-use P-256 key, SubjectPublicKeyInfo DER, base64url.</param>
/// <param name="RejectedGeneration">The generation the vendor answered 401 to: the vault refreshes unless a newer one exists.</param>
/// <param name="Purpose">For the access log, for example <c>tools/call query_amplitude_data</c>.</param>
/// <param name="Proof">Over WorkspaceId, GrantId and EphemeralPublicKey.</param>
/// <param name="AcceptedGeneration">A generation that was told of as rejected and works after all.</param>
public sealed record LeaseAccessToken(
    Guid GrantId, Guid WorkspaceId, string EphemeralPublicKey, int? RejectedGeneration, string Purpose, ServiceProof Proof,
    int? AcceptedGeneration = null);

/// <param name="Token">UTF-8 of the access token, sealed to the asker; associated data <c>lease:{WorkspaceId:N}:{GrantId:N}:{Generation}</c>.</param>
/// <param name="ExpiresAt">When the lease ends: at the token's expiry, or after five minutes where that is unknown.</param>
public sealed record AccessTokenLeased(
    Sealed Token, int Generation, DateTimeOffset ExpiresAt, DateTimeOffset? TokenExpiresAt, DateTimeOffset? RefreshedAt);

/// <param name="RetryAt">With <see cref="LeaseRefusal.VendorUnavailable"/> and <see cref="LeaseRefusal.TokenRejected"/>: when the vault asks the vendor again.</param>
public sealed record LeaseRefused(LeaseRefusal Reason, string Detail, DateTimeOffset? RetryAt = null);

/// <summary>
/// <see cref="GrantEnded"/> and <see cref="NotFound"/> are final. <see cref="TokenRejected"/>: the vendor's server rejects even
/// a token that was just renewed; with a time to come back it is renewed again then, without one that went on for minutes and
/// needs a person, though the grant is kept. The others pass.
/// </summary>
[System.Text.Json.Serialization.JsonConverter(typeof(SnakeCaseEnumConverter<LeaseRefusal>))]
public enum LeaseRefusal
{
    NotFound,
    GrantEnded,
    VendorUnavailable,
    ProofRejected,
    TokenRejected,
    BadRequest,
}

/// <summary>
/// Deletes the credential at once and asks the vendor to revoke it (RFC 7009). Answered with <see cref="GrantRevoked"/>. The
/// grant id is spent: a <see cref="StoreGrant"/> that comes later is refused and its tokens are revoked. May also be sent
/// to <see cref="VaultQueues.RevokeGrant"/> without waiting for the answer; then its proof holds for seven days.
/// </summary>
/// <param name="Proof">Over WorkspaceId and GrantId.</param>
/// <param name="VendorName">What people call the vendor, for the sentence of the answer; its host when null.</param>
public sealed record RevokeGrant(Guid GrantId, Guid WorkspaceId, ServiceProof Proof, string? VendorName = null);

/// <param name="VendorConfirmed">Whether the vendor acknowledged the revocation.</param>
/// <param name="Detail">A sentence for people: what the vendor answered, or why it was not asked.</param>
/// <param name="WillRetry">The vendor could not be asked now; <see cref="GrantRevocationSettled"/> tells how it ends.</param>
public sealed record GrantRevoked(Guid GrantId, bool VendorConfirmed, string Detail, bool WillRetry = false);

/// <summary>Queues of the vault that others send commands to.</summary>
public static class VaultQueues
{
    public const string RevokeGrant = "vault-revoke-grant";
}

/// <summary>Event: the vendor no longer honours the grant (<c>invalid_grant</c>, <c>invalid_client</c>, or no refresh token and the access token expired).</summary>
/// <param name="ClientGone">Set when it was ClariBI's registration that the vendor no longer knows.</param>
public sealed record GrantInvalidated(Guid GrantId, Guid WorkspaceId, int Generation, string Reason, DateTimeOffset At, GoneClient? ClientGone = null);

/// <summary>A client that its issuer has forgotten: using it again fails for every account.</summary>
public sealed record GoneClient(string Issuer, string ClientId);
