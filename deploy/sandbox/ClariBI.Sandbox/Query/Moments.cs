using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query;

/// <summary>A moment as Unix seconds, ISO 8601, "now" or "now-7d".</summary>
internal static partial class Moments
{
    /// <summary>A date without a time means all of that day.</summary>
    public static DateTime Read(JsonElement value, string field, TimeZoneInfo zone, DateTime now, bool isEnd)
    {
        var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.GetString()!;
        if (value.ValueKind == JsonValueKind.Number || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            var seconds = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            return seconds is > 0 and < 10_000_000_000 ? DateTime.UnixEpoch.AddSeconds(seconds) : throw new ToolErrorException($"{field}: Input should be Unix seconds, not milliseconds");
        }

        var match = Now().Match(text);
        if (match.Success)
        {
            return now - (match.Groups["n"].Success ? int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture) * Unit(match.Groups["u"].Value) : TimeSpan.Zero);
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date.Year is > 1 and < 9999 ? DateRange.Utc((isEnd ? date.AddDays(1) : date).ToDateTime(TimeOnly.MinValue), zone) : throw NoDate(field, text);
        }

        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var moment) && moment.Year is > 1 and < 9999
            ? moment.Kind == DateTimeKind.Utc ? moment : DateRange.Utc(moment, zone)
            : throw NoDate(field, text);
    }

    private static TimeSpan Unit(string unit) => unit switch
    {
        "w" or "W" => TimeSpan.FromDays(7),
        "h" or "H" => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };

    private static ToolErrorException NoDate(string field, string text) => new($"{field}: {text} is not a date");

    [GeneratedRegex("^now(?:-(?<n>[0-9]{1,4})(?<u>[hdw]))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Now();
}
