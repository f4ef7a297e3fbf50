using System.Globalization;
using System.Text;
using ClariBI.ServiceDefaults.Texts;

namespace ClariBI.Connector.Calls.Results;

/// <summary>
/// Takes out what nobody can see (<see cref="HiddenCharacters"/>), also where JSON writes it as escapes.
/// </summary>
internal static class VisibleText
{
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
            if (!HiddenCharacters.Has(rune, before))
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
}
