using System.ComponentModel.DataAnnotations;

namespace ClariBI.AnalysisPlanner;

/// <summary>Text that a person types.</summary>
internal static class PlainText
{
    /// <summary>PostgreSQL stores no NUL, and no other control character but the ones of a line break or a tab means anything in a text.</summary>
    public static bool HasControlCharacters(string text) => text.Any(letter => char.IsControl(letter) && letter is not ('\t' or '\r' or '\n'));
}

/// <summary>Refuses control characters in what a person types.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class NoControlCharactersAttribute() : ValidationAttribute("The field {0} holds control characters.")
{
    public override bool IsValid(object? value) => value is not string text || !PlainText.HasControlCharacters(text);
}
