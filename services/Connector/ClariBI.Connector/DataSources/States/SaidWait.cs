using System.Globalization;
using System.Text.RegularExpressions;

namespace ClariBI.Connector.DataSources.States;

/// <summary>How long a vendor asks to wait, where it says so in a sentence: “try again in 1.5 minutes”, “reset after 30s”.</summary>
internal static partial class SaidWait
{
    private const double LongestSeconds = 86_400;

    /// <returns>Null when it does not say.</returns>
    public static TimeSpan? Read(string text)
    {
        var wait = Wait().Match(text);
        if (!wait.Success || !double.TryParse(wait.Groups["amount"].Value, CultureInfo.InvariantCulture, out var amount))
        {
            return null;
        }

        var seconds = wait.Groups["unit"].Value.ToUpperInvariant() switch
        {
            "" when InMilliseconds().IsMatch(wait.Groups["name"].Value) => amount / 1000,
            "MS" or "MILLISECOND" or "MILLISECONDS" => amount / 1000,
            ['M', ..] => amount * 60,
            ['H', ..] => amount * 3600,
            _ => amount,
        };
        return TimeSpan.FromSeconds(Math.Min(seconds, LongestSeconds));
    }

    [GeneratedRegex(
        @"\b(retry|try again|wait|reset)(?<name>\D{0,30}?)(?<amount>\d{1,7}(\.\d{1,3})?)\s*(?<unit>ms|milliseconds?|m(in(ute)?s?)?|h(ours?)?|s(ec(ond)?s?)?)?\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex Wait();

    /// <summary>As members of JSON and headers are called: <c>retry_after_ms</c>, <c>retryAfterMs</c>, <c>Retry-After-Ms</c>.</summary>
    [GeneratedRegex(@"[_-][mM][sS]\b|[a-z]Ms\b|milli", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex InMilliseconds();
}
