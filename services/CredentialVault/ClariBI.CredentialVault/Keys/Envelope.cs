using System.Security.Cryptography;
using System.Text;
using ClariBI.CredentialVault.Secrets;

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

    public static SealedEnvelope Seal(ReadOnlySpan<byte> secret, string associatedData, KeyEncryptionKey wrapping)
    {
        var bound = Encoding.UTF8.GetBytes(associatedData);
        var dataKey = SecretBuffer.Allocate(KeyBytes);
        try
        {
            RandomNumberGenerator.Fill(dataKey);
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

    /// <returns>The secret, in pinned memory. The caller clears it after use.</returns>
    /// <exception cref="CryptographicException">Altered, or bound to something else.</exception>
    public async Task<byte[]> OpenAsync(SealedEnvelope envelope, string associatedData, CancellationToken cancellationToken)
    {
        var (dataKey, bound) = await UnwrapAsync(envelope, associatedData, cancellationToken);
        try
        {
            return Decrypt(dataKey, envelope.Nonce, envelope.Ciphertext, bound);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    /// <summary>The same secret and data key, wrapped by another key-encryption key. The secret itself is not opened.</summary>
    /// <exception cref="CryptographicException">Altered, or bound to something else.</exception>
    public async Task<SealedEnvelope> RewrapAsync(
        SealedEnvelope envelope, string associatedData, KeyEncryptionKey wrapping, CancellationToken cancellationToken)
    {
        var (dataKey, bound) = await UnwrapAsync(envelope, associatedData, cancellationToken);
        try
        {
            var keyNonce = RandomNumberGenerator.GetBytes(NonceBytes);
            return new SealedEnvelope
            {
                Nonce = envelope.Nonce,
                Ciphertext = envelope.Ciphertext,
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

    private async Task<(byte[] DataKey, byte[] Bound)> UnwrapAsync(SealedEnvelope envelope, string associatedData, CancellationToken cancellationToken)
    {
        var wrapping = await keys.GetAsync(envelope.KeyVersion, cancellationToken);
        var bound = Encoding.UTF8.GetBytes(associatedData);
        return (Decrypt(wrapping.Key, envelope.KeyNonce, envelope.WrappedKey, bound), bound);
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
        if (sealedText.Length < TagBytes || nonce.Length != NonceBytes)
        {
            throw new CryptographicException("The stored secret is too short.");
        }

        var length = sealedText.Length - TagBytes;
        var plaintext = SecretBuffer.Allocate(length);
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(nonce, sealedText.AsSpan(0, length), sealedText.AsSpan(length), plaintext, bound);
        return plaintext;
    }
}
