using System.Globalization;
using System.Text;

namespace ClariBI.ServiceDefaults.Texts;

/// <summary>
/// Characters that nobody sees, in which instructions and names that look alike travel: the one list of them. A code point may
/// be half a surrogate pair; that is no hidden character, but no text either (see <see cref="StoredText"/>).
/// </summary>
public static class HiddenCharacters
{
    private const int Joiner = 0x200D;
    private const int NonJoiner = 0x200C;
    private const int BlankBraille = 0x2800;

    /// <summary>
    /// Wherever it stands: controls, direction marks, zero-width characters, separators of lines, fillers of Hangul and Khmer,
    /// tags, variation selectors. Tab and line ends are seen.
    /// </summary>
    public static bool Has(int codePoint) => codePoint switch
    {
        '\t' or '\n' or '\r' => false,

        // Signs over numbers of Arabic and its neighbours: formats by category, and drawn.
        (>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD => false,

        // Letters and marks by category that are drawn as nothing.
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or BlankBraille or 0x3164 or 0xFFA0 => true,
        (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or 0x2065 or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF) => true,
        _ => CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };

    /// <summary>In running text, where some of them change how the character before them looks, and lines may be separated.</summary>
    /// <param name="before">The code point before it; 0 at the beginning.</param>
    public static bool Has(int codePoint, int before) => codePoint switch
    {
        // Between letters and symbols beyond ASCII (Persian, emoji), one at a time.
        Joiner or NonJoiner => before <= 0x7F || Alters(before),
        >= 0xFE00 and <= 0xFE0F => (before <= 0x7F && before is not ((>= '0' and <= '9') or '#' or '*')) || Alters(before),
        BlankBraille => before is < BlankBraille or > BlankBraille + 0xFF,
        0x2028 or 0x2029 => false,
        _ => Has(codePoint),
    };

    /// <summary>Means nothing that all would see alike: private use, not assigned, and what stands for something broken.</summary>
    public static bool IsUndefined(int codePoint) =>
        codePoint == Rune.ReplacementChar.Value
        || CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    /// <summary>Running text without them, such as a name that a person or a vendor gives. Halves of surrogate pairs become U+FFFD.</summary>
    public static string RemoveFrom(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var visible = new StringBuilder(text.Length);
        var before = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Has(rune.Value, before))
            {
                visible.Append(rune.ToString());
                before = rune.Value;
            }
        }

        return visible.ToString();
    }

    /// <summary>Whether it is one of those that change the character before them.</summary>
    private static bool Alters(int codePoint) => codePoint is Joiner or NonJoiner or (>= 0xFE00 and <= 0xFE0F);
}
