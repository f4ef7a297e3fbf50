namespace ClariBI.CredentialVault.Keys;

/// <summary>The pair that services seal new grants to; all replicas of the vault use the one row.</summary>
internal sealed class SealingKeyPair
{
    public const int OnlyId = 1;
    public const string AssociatedData = "sealing-key";

    public int Id { get; private init; } = OnlyId;

    /// <summary>SubjectPublicKeyInfo DER, base64url.</summary>
    public required string PublicKey { get; init; }

    /// <summary>PKCS #8, wrapped like every secret of the vault.</summary>
    public required SealedEnvelope PrivateKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
