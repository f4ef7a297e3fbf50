using System.Globalization;
using System.Text.RegularExpressions;

namespace ClariBI.Evaluation.Grading;

/// <summary>Whether a number of an answer is the expected time, in whichever unit it is given.</summary>
internal static partial class DurationMatch
{
    private static readonly double[] AnyUnit = [1, 0.001, 60, 3600, 86400, 604800];

    public static bool Matches(Figure figure, double seconds) =>
        Units(figure).Any(unit => NumberMatch.IsClose(figure.Value * unit, seconds)) || IsShown(figure.Shown, seconds);

    /// <summary>The unit that is told, else any; none for what is no time.</summary>
    private static double[] Units(Figure figure) => figure switch
    {
        { IsShare: true } => [],
        { Unit: { } unit } => Word().Match(unit) is { Success: true } named ? [Seconds(named.Value)] : [],
        { Label: { } label } when LongWord().Match(label) is { Success: true } named => [Seconds(named.Value)],
        _ => AnyUnit,
    };

    /// <summary>"3.77 minutes", "3 min 46 s": the parts added, as exact as the last one is written.</summary>
    private static bool IsShown(string shown, double seconds)
    {
        var parts = Part().Matches(shown);
        if (parts.Count == 0)
        {
            return false;
        }

        var (sum, unit, exactness) = (0.0, double.MaxValue, 0.0);
        foreach (var part in parts.Cast<Match>())
        {
            var next = Seconds(part.Groups["unit"].Value);
            if (next >= unit)
            {
                break;
            }

            var digits = part.Groups["number"].Value.Replace(",", "", StringComparison.Ordinal);
            var point = digits.IndexOf('.', StringComparison.Ordinal);
            unit = next;
            sum += double.Parse(digits, CultureInfo.InvariantCulture) * unit;
            exactness = 0.5 * unit * Math.Pow(10, point < 0 ? 0 : -(digits.Length - point - 1));
        }

        // One whole number of a unit ("4 minutes") is too coarse to tell right from wrong.
        return NumberMatch.IsClose(sum, seconds) || (exactness <= 0.005 * seconds && Math.Abs(sum - seconds) <= exactness + 1e-9);
    }

    private static double Seconds(string unit) => unit.ToLowerInvariant() switch
    {
        "ms" or ['m', 'i', 'l', 'l', ..] => 0.001,
        ['w', ..] => 604800,
        ['d', ..] => 86400,
        ['h', ..] => 3600,
        ['m', ..] => 60,
        _ => 1,
    };

    [GeneratedRegex(@"\b(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(?:milliseconds|seconds|minutes|hours)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex LongWord();

    [GeneratedRegex(@"(?<number>\d[\d,]*(?:\.\d+)?)\s*(?<unit>ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Part();
}
