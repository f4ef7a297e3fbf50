using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ClariBI.EndToEnd.Tests;

/// <summary>
/// Finds what must be nowhere: the sandbox's tokens, codes and client secrets, which carry a prefix; code verifiers, by the
/// challenges that were sent for them; the keys of the installation and the data keys that they wrap, in base64 and as bytes. Texts are bytes read as Latin-1.
/// </summary>
internal sealed partial class SecretScan
{
    private const int VerifierLength = 43;
    private readonly HashSet<string> challenges = [];
    private readonly List<string> keys = [];
    private readonly List<string> dataKeys = [];

    /// <param name="keyFiles">What the key files of the installation hold.</param>
    public SecretScan(IEnumerable<string> keyFiles)
    {
        foreach (var key in keyFiles.SelectMany(text => Key().Matches(text)).Select(match => match.Value))
        {
            keys.Add(key.TrimEnd('='));
            keys.Add(key.TrimEnd('=').Replace('+', '-').Replace('/', '_'));
            keys.Add(Encoding.Latin1.GetString(Convert.FromBase64String(key)));
        }
    }

    public int Keys => keys.Count / 3;

    /// <summary>The key of each credential: whoever has one opens its ciphertext in the database.</summary>
    public void Know(IEnumerable<byte[]> unwrapped)
    {
        foreach (var key in unwrapped)
        {
            var base64 = Convert.ToBase64String(key).TrimEnd('=');
            dataKeys.AddRange([base64, base64.Replace('+', '-').Replace('/', '_'), Convert.ToHexString(key), Convert.ToHexStringLower(key), Encoding.Latin1.GetString(key)]);
        }
    }

    public int Challenges => challenges.Count;

    /// <summary>First over every text: what was hashed and sent.</summary>
    public void Learn(string text) => challenges.UnionWith(Challenge().Matches(text).Select(match => match.Groups[1].Value));

    /// <returns>What was found, named and cut short.</returns>
    public string? Find(string text)
    {
        if (Vendors().Match(text) is { Success: true } vendors)
        {
            return $"a secret of the vendor: {vendors.Value[..10]}…";
        }

        return keys.Exists(key => text.Contains(key, StringComparison.Ordinal)) ? "a key of the installation"
            : dataKeys.Exists(key => text.Contains(key, StringComparison.Ordinal)) ? "a data key"
            : FindVerifier(text);
    }

    private string? FindVerifier(string text)
    {
        Span<byte> hash = stackalloc byte[32];
        Span<byte> candidate = stackalloc byte[VerifierLength];
        foreach (var run in Runs().EnumerateMatches(challenges.Count == 0 ? "" : text))
        {
            for (var start = run.Index; start + VerifierLength <= run.Index + run.Length; start++)
            {
                Encoding.Latin1.GetBytes(text.AsSpan(start, VerifierLength), candidate);
                SHA256.HashData(candidate, hash);
                if (challenges.Contains(Base64Url.EncodeToString(hash)))
                {
                    return "a code verifier";
                }
            }
        }

        return null;
    }

    [GeneratedRegex("(amp_(at|rt|ac)_|cs_)[A-Za-z0-9_-]{43}")]
    private static partial Regex Vendors();

    [GeneratedRegex("code_challenge(?:=|\"\\s*:\\s*\")([A-Za-z0-9_-]{43})")]
    private static partial Regex Challenge();

    [GeneratedRegex("[A-Za-z0-9_-]{43,200}")]
    private static partial Regex Runs();

    [GeneratedRegex("[A-Za-z0-9+/]{43}=")]
    private static partial Regex Key();
}
