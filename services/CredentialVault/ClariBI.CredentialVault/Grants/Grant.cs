using ClariBI.CredentialVault.Keys;
using ClariBI.CredentialVault.Secrets;
using ClariBI.ServiceDefaults.Texts;

namespace ClariBI.CredentialVault.Grants;

internal enum GrantState
{
    Active,
    Ended,
}

/// <summary>Why it is not certain that the refresh token at hand is still the vendor's latest.</summary>
internal enum RefreshDoubt
{
    /// <summary>The vault stopped between asking the vendor and storing its answer.</summary>
    Interrupted,

    /// <summary>The vendor's answer did not arrive whole.</summary>
    Unanswered,
}

/// <summary>
/// What a vendor gave one workspace. The tokens are one ciphertext; generation and refresh claim are concurrency tokens, so
/// that of two writers the slower one fails instead of overwriting.
/// </summary>
internal sealed class Grant
{
    private const int LongestScope = 1000;
    private const int LongestDetail = 500;

    /// <summary>So many renewed tokens in a row, and for so long, are no mishap of the vendor's any more.</summary>
    private const int MostRejections = 5;
    private static readonly TimeSpan RejectionPatience = TimeSpan.FromMinutes(5);

    /// <summary>How long nothing is renewed once a person is needed. Then one renewal tries again by itself.</summary>
    private static readonly TimeSpan RejectionPause = TimeSpan.FromMinutes(15);

    /// <summary>Rejections further apart than this have nothing to do with each other.</summary>
    private static readonly TimeSpan SeriesGap = TimeSpan.FromMinutes(20);

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

    /// <summary>From this time on a lease refreshes first; null where it cannot be renewed or the expiry is unknown.</summary>
    public DateTimeOffset? RefreshAt { get; private set; }

    /// <summary>The one refresh under way, of all replicas; void after <see cref="RefreshClaimedUntil"/>.</summary>
    public Guid? RefreshClaim { get; private set; }

    /// <summary>Moved on while the vendor is asked, so that a dead process holds the others up for seconds only.</summary>
    public DateTimeOffset? RefreshClaimedUntil { get; private set; }

    public RefreshDoubt? Doubt { get; private set; }

    public DateTimeOffset? DoubtAt { get; private set; }

    /// <summary>How many refreshes failed one after another; while <see cref="FreshRejectedAt"/> is set, how many renewed tokens were rejected.</summary>
    public int Failures { get; private set; }

    public string? FailureDetail { get; private set; }

    /// <summary>After a failure: the vendor is not asked before this time.</summary>
    public DateTimeOffset? RetryAt { get; private set; }

    /// <summary>The vendor's server had rejected the generation before this one, or several before it.</summary>
    public bool FollowsRejection { get; private set; }

    /// <summary>Since when the vendor's server rejects each token as soon as it is renewed; null while it takes them.</summary>
    public DateTimeOffset? FreshRejectedAt { get; private set; }

    /// <summary>Whether renewing has been tried often enough, over minutes, that a person has to look.</summary>
    public bool NeedsPerson => Failures >= MostRejections && FreshRejectedAt + RejectionPatience <= RefreshedAt;

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
    public void Store(string vendor, HeldTokens tokens, SealedEnvelope envelope, DateTimeOffset now)
    {
        Vendor = vendor;
        (IssuedAt, RefreshedAt) = (now, null);
        (State, EndReason) = (GrantState.Active, null);
        FollowsRejection = false;
        Take(tokens, envelope, now);
    }

    /// <param name="followsRejection">The old token was renewed because the vendor's server had rejected it.</param>
    public void Refresh(HeldTokens tokens, SealedEnvelope envelope, bool followsRejection, DateTimeOffset now)
    {
        // The old token was rejected as soon as it came: the new one has yet to show that it is taken.
        var (rejections, since) = FreshRejectedAt is not null && RetryAt + SeriesGap > now ? (Failures, FreshRejectedAt) : (0, null);
        RefreshedAt = now;
        FollowsRejection = followsRejection || since is not null;
        Take(tokens, envelope, now);
        (Failures, FreshRejectedAt) = (rejections, since);
    }

    public bool IsClaimed(DateTimeOffset now) => RefreshClaim is not null && RefreshClaimedUntil > now;

    /// <summary>A claim that ran out was never given back: its process died between asking the vendor and storing the answer.</summary>
    public void Claim(Guid claim, DateTimeOffset now, DateTimeOffset until)
    {
        if (RefreshClaim is not null)
        {
            (Doubt, DoubtAt) = (RefreshDoubt.Interrupted, RefreshClaimedUntil ?? now);
        }

        (RefreshClaim, RefreshClaimedUntil) = (claim, until);
    }

    /// <summary>The vendor could not be asked, or did not answer: nothing is lost.</summary>
    public void RefreshFailed(string detail, bool doubtful, DateTimeOffset now, DateTimeOffset retryAt)
    {
        (RefreshClaim, RefreshClaimedUntil) = (null, null);
        (Failures, FailureDetail, RetryAt) = (Failures + 1, StoredText.Shorten(detail, LongestDetail), retryAt);
        FreshRejectedAt = null;
        if (doubtful && Doubt is null)
        {
            (Doubt, DoubtAt) = (RefreshDoubt.Unanswered, now);
        }
    }

    /// <summary>The vendor's server rejected what was just renewed. It may need a moment to know it, so the next renewal waits a little longer each time.</summary>
    public void RejectFresh(DateTimeOffset now)
    {
        FreshRejectedAt ??= now;
        Failures++;
        FailureDetail = "The vendor rejects the access that it has just renewed.";
        RetryAt = NeedsPerson ? now + RejectionPause : RefreshTiming.RetryAt(RefreshedAt ?? now, Failures - 1, retryAfter: null);
    }

    public void End(string reason)
    {
        (State, EndReason) = (GrantState.Ended, StoredText.Shorten(reason, LongestDetail));
        (RefreshClaim, RefreshClaimedUntil, RefreshAt, RetryAt) = (null, null, null, null);
    }

    private void Take(HeldTokens tokens, SealedEnvelope envelope, DateTimeOffset now)
    {
        Generation++;
        Scope = tokens.Scope is { } scope ? StoredText.Shorten(scope, LongestScope) : Scope;
        ExpiresAt = tokens.ExpiresAt;
        RefreshAt = tokens.CanRenew && tokens.ExpiresAt is { } end ? RefreshTiming.EarlyAt(now, end) : null;
        (Ciphertext, Nonce) = (envelope.Ciphertext, envelope.Nonce);
        (WrappedKey, KeyNonce, KeyVersion) = (envelope.WrappedKey, envelope.KeyNonce, envelope.KeyVersion);
        (RefreshClaim, RefreshClaimedUntil) = (null, null);
        (Doubt, DoubtAt, Failures, FailureDetail, RetryAt, FreshRejectedAt) = (null, null, 0, null, null, null);
    }
}
