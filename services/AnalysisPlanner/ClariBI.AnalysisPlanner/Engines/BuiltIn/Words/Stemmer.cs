using System.Buffers;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;

/// <summary>
/// Brings the forms of a word together: purchases, purchased and purchasing all become <c>purchas</c>. The result need not be a word;
/// it only has to be the same on both sides, the question's and the taxonomy's.
/// </summary>
internal static class Stemmer
{
    private static readonly Dictionary<string, string> Irregular = new (string Stem, string Forms)[]
    {
        ("buy", "bought buyer buyers"),
        ("paid", "paid"),
        ("send", "sent"),
        ("make", "made"),
        ("sell", "sold"),
        ("go", "went gone"),
        ("begin", "began begun"),
        ("write", "wrote written"),
        ("read", "read"),
        ("run", "ran"),
        ("leave", "left"),
        ("take", "took"),
        ("choos", "chose"),
        ("see", "saw seen"),
        ("spend", "spent"),
        ("put", "put"),
        ("find", "found"),
        ("ios", "ios"),
        ("gps", "gps"),
        ("news", "news"),
        ("purchas", "purchasers purchaser purchasing"),
        ("person", "people"),
        ("add", "added adding"),
        ("trial", "trialled trialed"),
        ("register", "registration registrations"),
        ("subscrib", "subscription subscriptions"),
        ("cancel", "cancellation cancellations"),
        ("invit", "invitation invitations"),
        ("creat", "creation"),
        ("complet", "completion completions"),
        ("activ", "activation"),
        ("install", "installation installations"),
        ("login", "signin signins"),
        ("view", "viewer viewers views"),
    }.SelectMany(line => line.Forms.Split(' ').Select(form => (form, line.Stem))).ToDictionary();

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    public static string Stem(string word)
    {
        if (Irregular.TryGetValue(word, out var known))
        {
            return known;
        }

        if (word.Length <= 3 || !char.IsAsciiLetter(word[0]))
        {
            return word;
        }

        var stem = WithoutEnding(WithoutPlural(word));
        if (stem.Length > 3 && stem[^1] == 'e')
        {
            stem = stem[..^1];
        }

        return stem.Length > 3 && stem[^1] == stem[^2] ? stem[..^1] : stem;
    }

    private static string WithoutPlural(string word) => word switch
    {
        _ when word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4 => word[..^3] + "y",
        _ when EndsWithAny(word, "ches", "shes", "sses", "xes", "zes") => word[..^2],
        _ when word[^1] == 's' && !EndsWithAny(word, "ss", "us", "is", "os") => word[..^1],
        _ => word,
    };

    private static string WithoutEnding(string word)
    {
        if (word.EndsWith("ied", StringComparison.Ordinal) && word.Length > 4)
        {
            return word[..^3] + "y";
        }

        var length = word.EndsWith("ing", StringComparison.Ordinal) ? 3 : word.EndsWith("ed", StringComparison.Ordinal) ? 2 : 0;
        return length > 0 && word.Length - length >= 3 && word.AsSpan(0, word.Length - length).ContainsAny(Vowels) ? word[..^length] : word;
    }

    private static bool EndsWithAny(string word, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
