using ClariBI.CredentialVault.Keys;

namespace ClariBI.CredentialVault.Revocations;

/// <summary>Tokens that ClariBI no longer uses and the vendor has not been told of yet; still enveloped, and never leased again.</summary>
internal sealed class PendingRevocation
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid GrantId { get; init; }

    public required Guid WorkspaceId { get; init; }

    /// <summary>With workspace and grant the associated data of <see cref="Tokens"/>, as the grant's row had it.</summary>
    public required int Generation { get; init; }

    public required SealedEnvelope Tokens { get; init; }

    /// <summary>What people call the vendor; its host when null.</summary>
    public string? VendorName { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public int Attempts { get; private set; }

    /// <summary>After a try: the next one. While one is under way: when it counts as lost. The update of it is the claim.</summary>
    public required DateTimeOffset NextTryAt { get; set; }
}

/// <summary>A grant id that is spent: what is stored under it later is refused and revoked.</summary>
internal sealed class RevokedGrant
{
    public required Guid WorkspaceId { get; init; }

    public required Guid GrantId { get; init; }

    public required DateTimeOffset At { get; init; }
}
