using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Keys;

namespace ClariBI.CredentialVault.Grants;

internal enum GrantState
{
    Active,
    Ended,
}

/// <summary>
/// What a vendor gave one workspace. The tokens are one ciphertext; generation and refresh claim are concurrency tokens, so
/// that of two writers the slower one fails instead of overwriting.
/// </summary>
internal sealed class Grant
{
    public Guid Id { get; private init; }

    public Guid WorkspaceId { get; private init; }

    public string Vendor { get; private set; } = "";

    /// <summary>Counts the token pairs, from 1.</summary>
    public int Generation { get; private set; }

    public GrantState State { get; private set; }

    public string? EndReason { get; private set; }

    public string? Scope { get; private set; }

    public byte[] Ciphertext { get; private set; } = [];

    public byte[] Nonce { get; private set; } = [];

    public byte[] WrappedKey { get; private set; } = [];

    public byte[] KeyNonce { get; private set; } = [];

    public string KeyVersion { get; private set; } = "";

    public DateTimeOffset IssuedAt { get; private set; }

    public DateTimeOffset? RefreshedAt { get; private set; }

    /// <summary>Null when the vendor did not say.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>From this time on a lease refreshes first; null without a refresh token or an expiry.</summary>
    public DateTimeOffset? RefreshAt { get; private set; }

    /// <summary>The one refresh under way, of all replicas; void after <see cref="RefreshClaimedUntil"/>.</summary>
    public Guid? RefreshClaim { get; private set; }

    public DateTimeOffset? RefreshClaimedUntil { get; private set; }

    public static Grant Issue(Guid id, Guid workspaceId) => new() { Id = id, WorkspaceId = workspaceId };

    /// <summary>Binds the ciphertext to this workspace, grant and generation.</summary>
    public static string AssociatedData(Guid workspaceId, Guid id, int generation) => $"grant:{workspaceId:N}:{id:N}:{generation}";

    public SealedEnvelope Envelope() => new()
    {
        Ciphertext = Ciphertext,
        Nonce = Nonce,
        WrappedKey = WrappedKey,
        KeyNonce = KeyNonce,
        KeyVersion = KeyVersion,
    };

    /// <summary>The first tokens, or those of another consent: a new generation in any case.</summary>
    public void Store(string vendor, GrantTokens tokens, SealedEnvelope envelope, DateTimeOffset now)
    {
        Vendor = vendor;
        (IssuedAt, RefreshedAt) = (now, null);
        (State, EndReason) = (GrantState.Active, null);
        Take(tokens, envelope, now);
    }

    public void Refresh(GrantTokens tokens, SealedEnvelope envelope, DateTimeOffset now)
    {
        RefreshedAt = now;
        Take(tokens, envelope, now);
    }

    public bool IsClaimed(DateTimeOffset now) => RefreshClaim is not null && RefreshClaimedUntil > now;

    public void Claim(Guid claim, DateTimeOffset until) => (RefreshClaim, RefreshClaimedUntil) = (claim, until);

    /// <summary>The vendor could not be asked: nothing is lost, and an early refresh is tried again a little later.</summary>
    public void RefreshFailed(DateTimeOffset retryAt)
    {
        (RefreshClaim, RefreshClaimedUntil) = (null, null);
        RefreshAt = RefreshAt is null ? null : retryAt;
    }

    public void End(string reason)
    {
        (State, EndReason) = (GrantState.Ended, reason);
        (RefreshClaim, RefreshClaimedUntil, RefreshAt) = (null, null, null);
    }

    private void Take(GrantTokens tokens, SealedEnvelope envelope, DateTimeOffset now)
    {
        Generation++;
        Scope = tokens.Scope ?? Scope;
        ExpiresAt = tokens.ExpiresAt;
        RefreshAt = tokens.RefreshToken is null || tokens.ExpiresAt is null ? null : RefreshTiming.EarlyAt(now, tokens.ExpiresAt.Value);
        (Ciphertext, Nonce) = (envelope.Ciphertext, envelope.Nonce);
        (WrappedKey, KeyNonce, KeyVersion) = (envelope.WrappedKey, envelope.KeyNonce, envelope.KeyVersion);
        (RefreshClaim, RefreshClaimedUntil) = (null, null);
    }
}
