using System.Text;

namespace ClariBI.ServiceDefaults.Texts;

/// <summary>Text from outside, made fit for a column and for the eye.</summary>
public static class StoredText
{
    /// <summary>
    /// At most <paramref name="length"/> characters, with an ellipsis where something was cut; an emoji is kept whole or left out.
    /// Without NUL and without half a surrogate pair, both of which PostgreSQL refuses.
    /// </summary>
    public static string Shorten(string text, int length)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        var clean = Clean(text);
        if (clean.Length <= length)
        {
            return clean;
        }

        var end = char.IsHighSurrogate(clean[length - 2]) ? length - 2 : length - 1;
        return clean[..end].TrimEnd() + "…";
    }

    /// <summary>Without NUL; a half of a surrogate pair becomes the replacement character.</summary>
    private static string Clean(string text)
    {
        if (!text.Any(letter => letter == '\0' || char.IsSurrogate(letter)))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes().Where(rune => rune.Value != 0))
        {
            clean.Append(rune);
        }

        return clean.ToString();
    }
}
