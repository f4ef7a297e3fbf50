using System.Security.Cryptography;
using System.Text;

namespace ClariBI.CredentialVault.Keys;

/// <summary>What is stored of a secret: its ciphertext under a data key of its own, and that key wrapped.</summary>
internal sealed class SealedEnvelope
{
    public required byte[] Ciphertext { get; init; }

    public required byte[] Nonce { get; init; }

    public required byte[] WrappedKey { get; init; }

    public required byte[] KeyNonce { get; init; }

    /// <summary>The version of the key-encryption key that wraps <see cref="WrappedKey"/>.</summary>
    public required string KeyVersion { get; init; }
}

/// <summary>
/// AES-256-GCM (NIST SP 800-38D) with a fresh data key for every secret, so that a random nonce cannot repeat under a key.
/// Both layers carry the associated data: a row copied to another place does not open.
/// </summary>
internal sealed class Envelope(IKeyEncryptionKeys keys)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;

    /// <summary>The key that wraps now. Got beforehand where a secret must not be lost for want of it.</summary>
    public ValueTask<KeyEncryptionKey> WrappingKeyAsync(CancellationToken cancellationToken) => keys.CurrentAsync(cancellationToken);

    public async Task<SealedEnvelope> SealAsync(ReadOnlyMemory<byte> secret, string associatedData, CancellationToken cancellationToken)
    {
        var wrapping = await WrappingKeyAsync(cancellationToken);
        return Seal(secret.Span, associatedData, wrapping);
    }

    public static SealedEnvelope Seal(ReadOnlySpan<byte> secret, string associatedData, KeyEncryptionKey wrapping)
    {
        var bound = Encoding.UTF8.GetBytes(associatedData);
        var dataKey = RandomNumberGenerator.GetBytes(KeyBytes);
        try
        {
            var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
            var keyNonce = RandomNumberGenerator.GetBytes(NonceBytes);
            return new SealedEnvelope
            {
                Nonce = nonce,
                Ciphertext = Encrypt(dataKey, nonce, secret, bound),
                KeyNonce = keyNonce,
                WrappedKey = Encrypt(wrapping.Key, keyNonce, dataKey, bound),
                KeyVersion = wrapping.Version,
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    /// <returns>The secret. The caller clears it after use.</returns>
    /// <exception cref="CryptographicException">Altered, or bound to something else.</exception>
    public async Task<byte[]> OpenAsync(SealedEnvelope envelope, string associatedData, CancellationToken cancellationToken)
    {
        var wrapping = await keys.GetAsync(envelope.KeyVersion, cancellationToken);
        var bound = Encoding.UTF8.GetBytes(associatedData);
        var dataKey = Decrypt(wrapping.Key, envelope.KeyNonce, envelope.WrappedKey, bound);
        try
        {
            return Decrypt(dataKey, envelope.Nonce, envelope.Ciphertext, bound);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    private static byte[] Encrypt(byte[] key, byte[] nonce, ReadOnlySpan<byte> plaintext, byte[] bound)
    {
        var result = new byte[plaintext.Length + TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plaintext, result.AsSpan(0, plaintext.Length), result.AsSpan(plaintext.Length), bound);
        return result;
    }

    private static byte[] Decrypt(byte[] key, byte[] nonce, byte[] sealedText, byte[] bound)
    {
        if (sealedText.Length < TagBytes)
        {
            throw new CryptographicException("The stored secret is too short.");
        }

        var length = sealedText.Length - TagBytes;
        var plaintext = new byte[length];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(nonce, sealedText.AsSpan(0, length), sealedText.AsSpan(length), plaintext, bound);
        return plaintext;
    }
}
