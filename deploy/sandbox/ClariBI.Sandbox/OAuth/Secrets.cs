using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ClariBI.Sandbox.OAuth;

/// <summary>Opaque random tokens; only their SHA-256 is ever kept.</summary>
internal static class Secrets
{
    public static string New(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>For what is named in links.</summary>
    public static string ShortId() => NewId()[..8];

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Enough to tell tokens apart in the request log, useless to a thief.</summary>
    public static string Fingerprint(string secret) => FingerprintOfHash(Hash(secret));

    public static string FingerprintOfHash(string hash) => "sha256:" + hash[..12];

    public static bool Matches(string? secret, string hash) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(secret ?? "")), Encoding.ASCII.GetBytes(hash));

    /// <summary>RFC 7636 section 4.6, method S256.</summary>
    public static bool VerifierMatches(string verifier, string challenge)
    {
        var computed = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(computed), Encoding.ASCII.GetBytes(challenge));
    }
}
