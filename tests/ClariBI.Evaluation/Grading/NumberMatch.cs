using System.Globalization;
using System.Text.RegularExpressions;

namespace ClariBI.Evaluation.Grading;

/// <summary>Whether a number of an answer is the expected one: by its value, or by what is left of it in the rounding shown.</summary>
internal static partial class NumberMatch
{
    private const double Tolerance = 1e-4;

    /// <summary>Fewer digits of a text say too little: 42 is no rounding of 42.31, nor 0.1 of 0.14. Prose has three.</summary>
    private const int DigitsInText = 3;

    /// <summary>Cells are not rounded to be read.</summary>
    private const int DigitsInCell = 4;

    public static bool IsClose(double value, double expected) => Math.Abs(value - expected) <= (Tolerance * Math.Abs(expected)) + 1e-9;

    public static bool Matches(Figure figure, double expected)
    {
        var unsigned = figure is { IsFact: true, Value: < 0 } && !figure.Shown.Contains('-', StringComparison.Ordinal) && !figure.Shown.Contains('\u2212', StringComparison.Ordinal);
        return ValueForms(figure, expected).Any(form => IsClose(figure.Value, form) || (unsigned && IsClose(-figure.Value, form)))
            || ShownForms(figure, expected).Any(form => IsRounding(figure.Shown, form, figure.IsFact ? DigitsInText : DigitsInCell));
    }

    /// <summary>42.31 and 0.4231 are the same share, whichever of them was expected and whichever is there; 0.4231 % is another one.</summary>
    private static double[] ValueForms(Figure figure, double expected) => figure switch
    {
        { IsShare: false } => [expected],
        { Value: > 1 } => [expected, expected / 100, expected * 100],
        _ => [expected, expected / 100],
    };

    private static double[] ShownForms(Figure figure, double expected) =>
        figure.Shown.Contains('%', StringComparison.Ordinal) ? [expected, expected * 100] : ValueForms(figure, expected);

    /// <summary>Whether the text shows <paramref name="expected"/> rounded to its decimals.</summary>
    private static bool IsRounding(string shown, double expected, int leastDigits)
    {
        if (Number().Match(shown) is not { Success: true } match)
        {
            return false;
        }

        var digits = match.Value.Replace(",", "", StringComparison.Ordinal).Replace('\u2212', '-');
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var significant = digits.TrimStart('-', '0', '.').Count(char.IsAsciiDigit);
        if (point < 0 || significant < leastDigits || !double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        var half = 0.5 * Math.Pow(10, -(digits.Length - point - 1));
        return Math.Abs(value - expected) <= half + 1e-9;
    }

    [GeneratedRegex(@"[-\u2212]?\d[\d,]*(?:\.\d+)?(?!\d*[eE])", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
