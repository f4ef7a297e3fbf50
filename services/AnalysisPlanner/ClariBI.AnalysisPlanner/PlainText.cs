using System.ComponentModel.DataAnnotations;

namespace ClariBI.AnalysisPlanner;

/// <summary>Text from outside that is stored and shown.</summary>
internal static class PlainText
{
    /// <summary>At most <paramref name="length"/> characters, with an ellipsis where something was cut; an emoji is kept whole or left out.</summary>
    public static string Shorten(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = length - 1;
        if (char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }

        return text[..end].TrimEnd() + "…";
    }

    /// <summary>PostgreSQL stores no NUL, and no other control character but the ones of a line break or a tab means anything in a text.</summary>
    public static bool HasControlCharacters(string text) => text.Any(letter => char.IsControl(letter) && letter is not ('\t' or '\r' or '\n'));
}

/// <summary>Refuses control characters in what a person types.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class NoControlCharactersAttribute() : ValidationAttribute("The field {0} holds control characters.")
{
    public override bool IsValid(object? value) => value is not string text || !PlainText.HasControlCharacters(text);
}
