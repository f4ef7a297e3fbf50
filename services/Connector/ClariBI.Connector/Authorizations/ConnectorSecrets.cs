using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ClariBI.ServiceDefaults.Internal;

namespace ClariBI.Connector.Authorizations;

/// <summary>
/// Encrypts what the Connector keeps for minutes (PKCE verifiers) or per registration (client secrets): AES-256-GCM with a key
/// derived from the internal key, bound to the row it belongs to.
/// </summary>
internal sealed class ConnectorSecrets(InternalKey internalKey)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly byte[] key = internalKey.Derive("connector-secrets");

    public string Seal(string secret, string bound)
    {
        var plaintext = Encoding.UTF8.GetBytes(secret);
        var box = new byte[NonceBytes + plaintext.Length + TagBytes];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(
            box.AsSpan(0, NonceBytes), plaintext, box.AsSpan(NonceBytes, plaintext.Length), box.AsSpan(NonceBytes + plaintext.Length),
            Encoding.UTF8.GetBytes(bound));
        CryptographicOperations.ZeroMemory(plaintext);
        return Base64Url.EncodeToString(box);
    }

    /// <exception cref="CryptographicException">Altered, bound to another row, or sealed with another internal key.</exception>
    public string Open(string sealedSecret, string bound)
    {
        var box = Base64Url.DecodeFromChars(sealedSecret);
        var plaintext = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(
            box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes, plaintext.Length), box.AsSpan(NonceBytes + plaintext.Length),
            plaintext, Encoding.UTF8.GetBytes(bound));
        var secret = Encoding.UTF8.GetString(plaintext);
        CryptographicOperations.ZeroMemory(plaintext);
        return secret;
    }

    public static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string value) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(value)));

    public static bool SameHash(string? value, string hash) =>
        value is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(value)), Encoding.ASCII.GetBytes(hash));
}
