using System.Globalization;

namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>A property's value as exported: the text shown for it, its number if it reads as one, its items if it is a list.</summary>
internal sealed record Value(string Text, double? Number, string[]? Items)
{
    public const string None = "(none)";

    public static Value Of(string text) => new(text, ReadNumber(text), null);

    public static double? ReadNumber(string text) =>
        double.TryParse(text, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}

/// <summary>Where a property lives ("event" or "user") and its name without the raw prefix gp:.</summary>
internal sealed record Property(string Scope, string Name);
