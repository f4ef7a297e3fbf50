using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ClariBI.ServiceDefaults.Texts;

namespace ClariBI.Connector.Tools.Definitions;

/// <summary>Text that a vendor wrote into a tool's definition. It describes; it must not smuggle or command.</summary>
internal static class VendorText
{
    private const int MostPasses = 3;

    // Linear in time, whatever a vendor writes.
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline;

    private static readonly Regex Comment = new("<!--.*?(-->|$)", Linear);

    private static readonly Regex Sentence = new(@"[^.!?\n]+[.!?\n]*|[.!?\n]+", Linear);

    /// <summary>
    /// What tells a model what to do beyond calling the tool. Vendors do write “always call this first”, so only what no
    /// description needs is here: overruling other instructions, secrecy before the user, sending secrets, posing as the system.
    /// </summary>
    private static readonly Regex Command = new(
        """
        \b(ignore|disregard|forget|override|bypass)\b.{0,40}\b(previous|prior|above|earlier|preceding|other|system|all|any)\b.{0,30}\b(instructions?|prompts?|rules?|messages?|directions?|guidelines?|policies)\b
        |\b(do\s+not|don['’]t|never|without)\s+(tell|telling|inform|informing|mention|mentioning|reveal|revealing|show|showing|alert|alerting|notify|notifying|disclose|disclosing)\b.{0,40}\b(users?|humans?|persons?|people|anyone|anybody)\b
        |\bsystem\s+prompt\b
        |</?\s*(system|important|instructions?|secret|hidden|assistant|prompt|critical)\b[^>]{0,80}>
        |<\|[^|>]{1,40}\|>|\[/?INST\]
        |(^|\n)\s*\#*\s*(system|assistant)\s*:
        |\b(you\s+are\s+now|from\s+now\s+on,?\s+you|new\s+instructions?\s*:)
        |~/\.|\bid_rsa\b|\.ssh\b|/etc/(passwd|shadow)\b|\bmcp\.json\b
        |\b(send|forward|exfiltrate|upload|leak|pass|include|append|copy)\b.{0,60}\b(passwords?|credentials?|api[\s_-]?keys?|secrets?|private\s+keys?|access\s+tokens?|(entire|full|whole|this)\s+conversation|chat\s+history|environment\s+variables?)\b
        """,
        Linear | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace);

    /// <summary>Without hidden characters, comments and commands, and not longer than <paramref name="longest"/>.</summary>
    public static string Clean(string text, int longest, ref TextFindings findings)
    {
        var visible = Visible(text);
        findings |= visible.Length == text.Length ? TextFindings.None : TextFindings.Hidden;
        var described = WithoutComments(visible);
        findings |= described.Length == visible.Length ? TextFindings.None : TextFindings.Hidden;
        if (Command.IsMatch(Fold(described)))
        {
            findings |= TextFindings.Commands;
            described = WithoutComments(WithoutCommands(described));
        }

        if (described.Length <= longest)
        {
            return described;
        }

        findings |= TextFindings.Shortened;
        var end = longest - 1;
        return string.Concat(described.AsSpan(0, char.IsHighSurrogate(described[end - 1]) ? end - 1 : end), "…");
    }

    public static bool HasHidden(string text) => Visible(text).Length != text.Length;

    /// <summary>For a person to read: what is hidden shows as its code point.</summary>
    public static string Show(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = IsHidden(rune) ? shown.Append(CultureInfo.InvariantCulture, $"⟨U+{rune.Value:X4}⟩") : shown.Append(rune.ToString());
        }

        return shown.ToString();
    }

    /// <summary>Whole sentences go; of an order that is spread over several, its words.</summary>
    private static string WithoutCommands(string text)
    {
        var rest = string.Concat(Sentence.Matches(text).Select(sentence => sentence.Value).Where(sentence => !Command.IsMatch(Fold(sentence))));
        for (var pass = 0; pass < MostPasses && Command.IsMatch(Fold(rest)); pass++)
        {
            foreach (var match in Command.Matches(Fold(rest)).Reverse())
            {
                rest = rest.Remove(match.Index, match.Length);
            }
        }

        return Command.IsMatch(Fold(rest)) ? "" : rest.Trim();
    }

    /// <summary>Also the comments that only appear once those inside them are gone.</summary>
    private static string WithoutComments(string text)
    {
        for (var pass = 0; pass < MostPasses && text.Contains("<!--", StringComparison.Ordinal); pass++)
        {
            text = Comment.Replace(text, "");
        }

        var left = text.IndexOf("<!--", StringComparison.Ordinal);
        return left < 0 ? text : text[..left];
    }

    /// <summary>Full-width letters as plain ones, in their places.</summary>
    private static string Fold(string text) => string.Create(text.Length, text, (folded, from) =>
    {
        for (var index = 0; index < folded.Length; index++)
        {
            folded[index] = from[index] switch
            {
                >= '\uFF01' and <= '\uFF5E' => (char)(from[index] - 0xFEE0),
                '\u3000' or '\u00A0' or (>= '\u2000' and <= '\u200A') => ' ',
                _ => from[index],
            };
        }
    });

    private static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = IsHidden(rune) ? visible : visible.Append(rune.ToString());
        }

        return visible.ToString();
    }

    /// <summary>A definition is read by a model and needs no more than what everybody sees alike.</summary>
    private static bool IsHidden(Rune rune) => HiddenCharacters.Has(rune.Value) || HiddenCharacters.IsUndefined(rune.Value);
}

/// <summary>What was found in the texts of a definition, and kept from the engine.</summary>
[Flags]
internal enum TextFindings
{
    None = 0,
    Hidden = 1,
    Commands = 2,
    Shortened = 4,
}
