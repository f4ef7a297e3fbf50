namespace ClariBI.CredentialVault.Rotations;

/// <summary>One re-wrapping of everything with one key version, and how far it came.</summary>
internal sealed class KeyRotation
{
    /// <summary>The value of <see cref="Running"/> while it runs: its unique index lets one run at a time.</summary>
    public const int Slot = 1;

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; private set; }

    public int? Running { get; private set; } = Slot;

    /// <summary>The key version that wraps from now on; null only until the key store was asked.</summary>
    public string? To { get; private set; }

    public int Total { get; private set; }

    public int Done { get; private set; }

    public int Failed { get; private set; }

    /// <summary>The replica that works on it; void after <see cref="ClaimedUntil"/>.</summary>
    public Guid? Claim { get; private set; }

    public DateTimeOffset? ClaimedUntil { get; private set; }

    public void Aim(string version, int total) => (To, Total) = (version, total);

    public bool IsClaimed(DateTimeOffset now) => Claim is not null && ClaimedUntil > now;

    public void Take(Guid claim, DateTimeOffset until) => (Claim, ClaimedUntil) = (claim, until);

    /// <param name="remaining">What is not wrapped with <see cref="To"/> yet, the failed ones included.</param>
    public void Advance(int done, int failed, int remaining)
    {
        Done += done;
        Failed = failed;

        // What was stored with the old key after the count belongs to it too.
        Total = Math.Max(Total, Done + remaining);
    }

    public void Finish(DateTimeOffset now)
    {
        (FinishedAt, Running) = (now, null);
        (Claim, ClaimedUntil) = (null, null);
    }
}

/// <summary>A row that could not be re-wrapped: its old key is gone, or it was altered. The next rotation tries it again.</summary>
internal sealed class RotationFailure
{
    public required Guid RotationId { get; init; }

    /// <summary><c>grant</c>, <c>revocation</c> or <c>sealing-key</c>.</summary>
    public required string Kind { get; init; }

    public required string RowId { get; init; }

    /// <summary>Null for what belongs to no workspace.</summary>
    public Guid? WorkspaceId { get; init; }

    public required string Detail { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset NextTryAt { get; set; }
}
