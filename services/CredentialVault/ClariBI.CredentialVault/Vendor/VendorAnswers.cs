using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Secrets;

namespace ClariBI.CredentialVault.Vendor;

/// <summary>What asking for new tokens came to.</summary>
internal abstract record RefreshAnswer
{
    internal sealed record Renewed(HeldTokens Tokens) : RefreshAnswer;

    /// <summary>The vendor said that the grant or the client is no more. Nothing else ends a grant.</summary>
    /// <param name="Host">The vendor's token endpoint.</param>
    internal sealed record Ended(EndCause Cause, string Host, GoneClient? ClientGone = null) : RefreshAnswer;

    /// <param name="RetryAfter">What the vendor, or the breaker, asks for.</param>
    /// <param name="Doubtful">The vendor may have renewed all the same: its answer did not arrive whole.</param>
    /// <param name="Outage">Counts towards the breaker of this vendor.</param>
    internal sealed record Failed(string Detail, TimeSpan? RetryAfter = null, bool Doubtful = false, bool Outage = false) : RefreshAnswer;
}

internal enum EndCause
{
    InvalidGrant,
    InvalidClient,
    ServiceAccountRefused,
}

/// <summary>What asking for a revocation came to.</summary>
/// <param name="Detail">A sentence for people.</param>
internal sealed record RevocationAnswer(RevocationState State, string Detail);

internal enum RevocationState
{
    Confirmed,

    /// <summary>The vendor has no revocation endpoint, or refused in a way that asking again does not change.</summary>
    NotPossible,

    /// <summary>The vendor was away: asking again may help.</summary>
    TryLater,
}
