using System.Globalization;
using System.Text.RegularExpressions;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query;

/// <summary>Presets. "Last N" units include the running one, also at its very first moment: they end a microsecond after now. "Last Week" is the one before it.</summary>
internal static partial class RelativeRange
{
    public static (DateTime Start, DateTime End) Read(GivenRange given, TimeZoneInfo zone, DayOfWeek weekStart, DateTime now)
    {
        var match = Preset().Match(given.Relative!.Trim());
        if (!match.Success)
        {
            throw Invalid(given);
        }

        var local = DateRange.Local(now, zone);
        var untilNow = now.AddTicks(10);
        if (match.Groups["day"].Success)
        {
            var today = match.Groups["day"].Value.Equals("today", StringComparison.OrdinalIgnoreCase);
            return today ? (DateRange.Utc(local.Date, zone), untilNow) : (DateRange.Utc(local.Date.AddDays(-1), zone), DateRange.Utc(local.Date, zone));
        }

        var unit = DateRangeParsing.ParseInterval(match.Groups["unit"].Value.ToLowerInvariant());
        var current = DateRange.Floor(local, unit, weekStart);
        if (match.Groups["count"].Success)
        {
            var count = int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture);
            var start = count is < 1 or > 1100 ? throw Invalid(given) : DateRange.Next(current, unit, 1 - count);
            return IsTooCoarse(given.Interval, unit, count) ? throw Invalid(given) : (DateRange.Utc(start, zone), untilNow);
        }

        return match.Groups["which"].Value.Equals("this", StringComparison.OrdinalIgnoreCase)
            ? (DateRange.Utc(current, zone), untilNow)
            : (DateRange.Utc(DateRange.Next(current, unit, -1), zone), DateRange.Utc(current, zone));
    }

    /// <summary>A range shorter than one of its intervals shows nothing: three days by month.</summary>
    private static bool IsTooCoarse(Interval interval, Interval unit, int count)
    {
        var anchor = new DateTime(2001, 1, 1);
        return unit < interval && DateRange.Next(anchor, unit, count) < DateRange.Next(anchor, interval == Interval.Month ? Interval.Week : interval, interval == Interval.Month ? 4 : 1);
    }

    private static ToolErrorException Invalid(GivenRange given) =>
        new($"Invalid range format: {given.Relative}. Use a preset such as Last 30 Days, Last 12 Weeks or This Month. Match the relative range's unit to the interval ({given.Interval.ToString().ToLowerInvariant()})");

    [GeneratedRegex("^(?:(?<day>today|yesterday)|last (?<count>[0-9]{1,4}) (?<unit>hour|day|week|month|quarter)s?|(?<which>this|last|previous) (?<unit>week|month|quarter))$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Preset();
}
