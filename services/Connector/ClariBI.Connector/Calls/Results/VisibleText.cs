using System.Globalization;
using System.Text;

namespace ClariBI.Connector.Calls.Results;

/// <summary>
/// Takes out what nobody can see, in which instructions and names that look alike travel: control characters, direction
/// marks, zero-width characters, tags. Also where JSON writes them as escapes.
/// </summary>
internal static class VisibleText
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <param name="json">Whether backslashes begin escapes (RFC 8259 section 7).</param>
    public static string Of(string text, bool json)
    {
        if (!MayHide(text, json))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length);
        var before = 0;
        for (var at = 0; at < text.Length;)
        {
            var (rune, length) = json && text[at] == '\\' ? ReadEscape(text, at) : Read(text, at);
            if (!IsHidden(rune, before))
            {
                visible.Append(text, at, length);
                before = rune;
            }

            at += length;
        }

        return visible.ToString();
    }

    private static bool MayHide(string text, bool json)
    {
        foreach (var character in text)
        {
            if (character > 0x7E || (character < ' ' && character is not ('\n' or '\r' or '\t')))
            {
                return true;
            }
        }

        return json && text.Contains("\\u", StringComparison.Ordinal);
    }

    private static (int Rune, int Length) Read(string text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
            ? (char.ConvertToUtf32(text[at], text[at + 1]), 2)
            : (text[at], 1);

    private static (int Rune, int Length) ReadEscape(string text, int at)
    {
        if (!TryReadUnit(text, at, out var unit))
        {
            // Another escape: both characters belong together, and none of them hides anything.
            return ('\\', Math.Min(2, text.Length - at));
        }

        return char.IsHighSurrogate(unit) && TryReadUnit(text, at + 6, out var low) && char.IsLowSurrogate(low)
            ? (char.ConvertToUtf32(unit, low), 12)
            : (unit, 6);
    }

    private static bool TryReadUnit(string text, int at, out char unit)
    {
        unit = default;
        if (at + 6 > text.Length || text[at] != '\\' || text[at + 1] != 'u'
            || !ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        unit = (char)value;
        return true;
    }

    private static bool IsHidden(int rune, int before) => rune switch
    {
        '\n' or '\r' or '\t' => false,

        // Between letters and symbols beyond ASCII they change what is seen (Persian, emoji); one of them at a time.
        ZeroWidthJoiner or ZeroWidthNonJoiner => before <= 0x7F || before is ZeroWidthJoiner or ZeroWidthNonJoiner,
        < 0x20 or (>= 0x7F and <= 0x9F) => true,
        0xAD or 0x34F or 0x61C or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFEFF or 0xFFA0 => true,
        (>= 0x180B and <= 0x180F) or 0x200B or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) => true,
        (>= 0xFFF0 and <= 0xFFFB) or (>= 0x1BCA0 and <= 0x1BCA3) or (>= 0x1D173 and <= 0x1D17A) => true,

        // Tags and the variation selectors beyond the first sixteen, which emoji use.
        >= 0xE0000 and <= 0xE0FFF => true,
        _ => false,
    };
}
