using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ClariBI.Contracts;

namespace ClariBI.Messaging.Sealing;

/// <summary>
/// Seals a secret to one P-256 key: ephemeral-static ECDH, HKDF-SHA256 (RFC 5869) over the shared secret with both public keys
/// as info, AES-256-GCM (NIST SP 800-38D). One use per ephemeral key, so a random nonce cannot repeat under a key.
/// </summary>
public static class SealedBox
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <param name="receiverPublicKey">SubjectPublicKeyInfo DER, base64url.</param>
    /// <param name="associatedData">What the secret belongs to; opening needs the same text.</param>
    /// <exception cref="CryptographicException">The key is not a P-256 public key.</exception>
    public static Sealed Seal(ReadOnlySpan<byte> secret, string receiverPublicKey, string associatedData)
    {
        using var receiver = ECDiffieHellman.Create();
        receiver.ImportSubjectPublicKeyInfo(Base64Url.DecodeFromChars(receiverPublicKey), out _);
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var ephemeralPublicKey = ephemeral.ExportSubjectPublicKeyInfo();

        var key = DeriveKey(ephemeral, receiver.PublicKey, ephemeralPublicKey, receiver.ExportSubjectPublicKeyInfo());
        try
        {
            var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
            var ciphertext = new byte[secret.Length + TagBytes];
            using var aes = new AesGcm(key, TagBytes);
            aes.Encrypt(nonce, secret, ciphertext.AsSpan(0, secret.Length), ciphertext.AsSpan(secret.Length), Encoding.UTF8.GetBytes(associatedData));
            return new Sealed(
                Base64Url.EncodeToString(ephemeralPublicKey), Base64Url.EncodeToString(nonce), Base64Url.EncodeToString(ciphertext));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <returns>The secret. The caller clears it after use.</returns>
    /// <exception cref="CryptographicException">Not sealed to this key, altered, or bound to something else.</exception>
    public static byte[] Open(Sealed box, ECDiffieHellman receiver, string associatedData)
    {
        ArgumentNullException.ThrowIfNull(box);
        ArgumentNullException.ThrowIfNull(receiver);
        var ephemeralPublicKey = Base64Url.DecodeFromChars(box.EphemeralPublicKey);
        using var ephemeral = ECDiffieHellman.Create();
        ephemeral.ImportSubjectPublicKeyInfo(ephemeralPublicKey, out _);

        var key = DeriveKey(receiver, ephemeral.PublicKey, ephemeralPublicKey, receiver.ExportSubjectPublicKeyInfo());
        try
        {
            var ciphertext = Base64Url.DecodeFromChars(box.Ciphertext);
            if (ciphertext.Length < TagBytes)
            {
                throw new CryptographicException("The sealed secret is too short.");
            }

            var secret = new byte[ciphertext.Length - TagBytes];
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(
                Base64Url.DecodeFromChars(box.Nonce), ciphertext.AsSpan(0, secret.Length), ciphertext.AsSpan(secret.Length),
                secret, Encoding.UTF8.GetBytes(associatedData));
            return secret;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <returns>The public key of <paramref name="key"/> as <see cref="Seal"/> takes it.</returns>
    public static string PublicKeyOf(ECDiffieHellman key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Base64Url.EncodeToString(key.ExportSubjectPublicKeyInfo());
    }

    private static byte[] DeriveKey(ECDiffieHellman own, ECDiffieHellmanPublicKey other, byte[] ephemeralPublicKey, byte[] receiverPublicKey)
    {
        var shared = own.DeriveRawSecretAgreement(other);
        try
        {
            byte[] info = [.. "claribi/sealed-box/1"u8, .. ephemeralPublicKey, .. receiverPublicKey];
            return HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, info: info);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(shared);
        }
    }
}
