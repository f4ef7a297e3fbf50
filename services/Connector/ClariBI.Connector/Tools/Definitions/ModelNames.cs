using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ClariBI.Connector.Tools.Definitions;

/// <summary>Names that every language model's interface takes: 64 letters, digits, <c>_</c> and <c>-</c>, none of them twice.</summary>
internal static partial class ModelNames
{
    private const int Longest = 64;

    /// <returns>By the vendor's name. A name that fits stays; the same list always gives the same names.</returns>
    public static Dictionary<string, string> Of(IEnumerable<string> names)
    {
        var all = names.Distinct(StringComparer.Ordinal).ToList();
        var taken = all.Where(name => Fitting().IsMatch(name)).ToHashSet(StringComparer.Ordinal);
        return all.ToDictionary(name => name, name => Fitting().IsMatch(name) ? name : Make(name, taken), StringComparer.Ordinal);
    }

    private static string Make(string name, HashSet<string> taken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        var plain = Other().Replace(name, "_");
        for (var digits = 8; ; digits += 8)
        {
            // A vendor may have published the very name that we would make.
            var suffix = $"_{hash[..Math.Min(digits, Longest - 1)]}";
            var made = string.Concat(plain.AsSpan(0, Math.Min(plain.Length, Longest - suffix.Length)), suffix);
            if (taken.Add(made) || digits >= Longest)
            {
                return made;
            }
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Fitting();

    [GeneratedRegex("[^A-Za-z0-9_-]")]
    private static partial Regex Other();
}
