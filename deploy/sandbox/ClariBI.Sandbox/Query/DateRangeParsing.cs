using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query;

/// <summary>Presets such as "Last 30 Days" (today included), and start/end as Unix seconds, ISO 8601, "now" or "now-7d".</summary>
internal static partial class DateRangeParsing
{
    private const int MostBuckets = 1200;

    public static DateRange Parse(string? relative, JsonElement start, JsonElement end, string? zoneId, Interval interval, TimeZoneInfo projectZone, DateTime now)
    {
        var zone = zoneId is null ? projectZone : FindZone(zoneId);
        var hasStart = start.ValueKind is JsonValueKind.String or JsonValueKind.Number;
        var hasEnd = end.ValueKind is JsonValueKind.String or JsonValueKind.Number;
        if (relative is not null == hasStart)
        {
            throw new ToolErrorException("date_range: give either relative, or start (with end)");
        }

        if (hasEnd && !hasStart)
        {
            throw new ToolErrorException("date_range.start: Field required");
        }

        var (from, until) = relative is not null
            ? Preset(relative, zone, now)
            : (Moment(start, zone, now, isEnd: false), hasEnd ? Moment(end, zone, now, isEnd: true) : now);
        if (from >= until)
        {
            throw new ToolErrorException("date_range: start must be before end");
        }

        if (interval == Interval.Hour && until - from > TimeSpan.FromDays(9))
        {
            throw new ToolErrorException("interval: hour is limited to ranges of 8 days");
        }

        var range = new DateRange(from, until, zone, interval, now);
        return range.Buckets.Count > MostBuckets ? throw new ToolErrorException("date_range: too long for this interval") : range;
    }

    public static Interval ParseInterval(string? name) => name switch
    {
        null or "day" => Interval.Day,
        "hour" => Interval.Hour,
        "week" => Interval.Week,
        "month" => Interval.Month,
        "quarter" => Interval.Quarter,
        _ => throw new ToolErrorException("interval: Input should be one of hour, day, week, month, quarter"),
    };

    public static Interval ParseRawInterval(int value) => value switch
    {
        -3_600_000 => Interval.Hour,
        1 => Interval.Day,
        7 => Interval.Week,
        30 => Interval.Month,
        90 => Interval.Quarter,
        _ => throw new ToolErrorException("params.interval: Input should be one of -3600000, 1, 7, 30, 90"),
    };

    private static (DateTime Start, DateTime End) Preset(string relative, TimeZoneInfo zone, DateTime now)
    {
        var match = PresetPattern().Match(relative.Trim());
        if (!match.Success)
        {
            throw new ToolErrorException($"Invalid range format: {relative}. Use a preset such as Last 30 Days or Last 12 Weeks. Match the relative range's unit to the interval");
        }

        var local = DateRange.Local(now, zone);
        if (match.Groups["day"].Success)
        {
            var today = match.Groups["day"].Value.Equals("today", StringComparison.OrdinalIgnoreCase);
            return today ? (DateRange.Utc(local.Date, zone), now) : (DateRange.Utc(local.Date.AddDays(-1), zone), DateRange.Utc(local.Date, zone));
        }

        var unit = ParseInterval(match.Groups["unit"].Value.ToLowerInvariant());
        var current = DateRange.Floor(local, unit);
        if (match.Groups["count"].Success)
        {
            var count = int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture);
            return count is < 1 or > 1100
                ? throw new ToolErrorException($"Invalid range format: {relative}")
                : (DateRange.Utc(DateRange.Next(current, unit, 1 - count), zone), now);
        }

        return match.Groups["which"].Value.Equals("this", StringComparison.OrdinalIgnoreCase)
            ? (DateRange.Utc(current, zone), now)
            : (DateRange.Utc(DateRange.Next(current, unit, -1), zone), DateRange.Utc(current, zone));
    }

    /// <summary>A date without a time means all of that day.</summary>
    private static DateTime Moment(JsonElement value, TimeZoneInfo zone, DateTime now, bool isEnd)
    {
        if (value.ValueKind == JsonValueKind.Number || long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            var seconds = value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.Parse(value.GetString()!, CultureInfo.InvariantCulture);
            return seconds is > 0 and < 10_000_000_000 ? DateTime.UnixEpoch.AddSeconds(seconds) : throw new ToolErrorException("date_range: start and end are Unix seconds, not milliseconds");
        }

        var text = value.GetString()!;
        var match = NowPattern().Match(text);
        if (match.Success)
        {
            return now - (match.Groups["n"].Success ? TimeSpan.FromDays(int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture) * (match.Groups["u"].Value == "w" ? 7 : 1)) : TimeSpan.Zero);
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return DateRange.Utc((isEnd ? date.AddDays(1) : date).ToDateTime(TimeOnly.MinValue), zone);
        }

        if (DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var moment))
        {
            return moment.Kind == DateTimeKind.Utc ? moment : DateRange.Utc(moment, zone);
        }

        throw new ToolErrorException($"date_range: {text} is not a date");
    }

    private static TimeZoneInfo FindZone(string id) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : throw new ToolErrorException($"date_range.timezone: {id} is not an IANA time zone");

    [GeneratedRegex("^(?:(?<day>today|yesterday)|last (?<count>[0-9]{1,4}) (?<unit>hour|day|week|month|quarter)s?|(?<which>this|last|previous) (?<unit>week|month|quarter))$", RegexOptions.IgnoreCase)]
    private static partial Regex PresetPattern();

    [GeneratedRegex("^now(?:-(?<n>[0-9]{1,4})(?<u>[dw]))?$", RegexOptions.IgnoreCase)]
    private static partial Regex NowPattern();
}
