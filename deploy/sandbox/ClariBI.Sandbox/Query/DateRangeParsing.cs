using System.Text.Json;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query;

/// <summary>What a chart says about its time; Field is the part of the chart that says it.</summary>
internal sealed record GivenRange(string Field, string? Relative, JsonElement Start, JsonElement End, string? Zone, Interval Interval);

/// <summary>Presets such as "Last 30 Days" (today included), or start and end, or start alone.</summary>
internal static class DateRangeParsing
{
    private const int MostBuckets = 1200;
    private const int FirstYear = 1990;
    private const int LastYear = 2100;

    public static DateRange Parse(GivenRange given, Project project, DateTime now)
    {
        var zone = given.Zone is null ? project.Zone : FindZone(given);
        var weekStart = project.WeekStart == "sunday" ? DayOfWeek.Sunday : DayOfWeek.Monday;
        var (start, end) = (IsGiven(given, given.Start, "start"), IsGiven(given, given.End, "end"));
        if (given.Relative is not null && (start || end))
        {
            throw new ToolErrorException($"{given.Field}: Input should have either a relative range or start and end, never both");
        }

        if (given.Relative is null && !start)
        {
            throw new ToolErrorException($"{given.Field}.start: Field required");
        }

        var (from, until) = given.Relative is not null
            ? RelativeRange.Read(given, zone, weekStart, now)
            : (Moments.Read(given.Start, $"{given.Field}.start", zone, now, isEnd: false), end ? Moments.Read(given.End, $"{given.Field}.end", zone, now, isEnd: true) : now);
        Check(given, from, until);
        var range = new DateRange(from, until, zone, given.Interval, now, weekStart);
        return range.Buckets.Count > MostBuckets ? throw new ToolErrorException($"{given.Field}: Input should have at most {MostBuckets} intervals") : range;
    }

    public static Interval ParseInterval(string? name) => name switch
    {
        null or "day" => Interval.Day,
        "five_minute" => Interval.FiveMinutes,
        "hour" => Interval.Hour,
        "week" => Interval.Week,
        "month" => Interval.Month,
        "quarter" => Interval.Quarter,
        _ => throw new ToolErrorException("interval: Input should be one of five_minute, hour, day, week, month, quarter"),
    };

    public static Interval ParseRawInterval(int value) => value switch
    {
        -300_000 => Interval.FiveMinutes,
        -3_600_000 => Interval.Hour,
        1 => Interval.Day,
        7 => Interval.Week,
        30 => Interval.Month,
        90 => Interval.Quarter,
        _ => throw new ToolErrorException("params.interval: Input should be one of -300000, -3600000, 1, 7, 30, 90"),
    };

    private static void Check(GivenRange given, DateTime from, DateTime until)
    {
        if (from.Year < FirstYear || until.Year > LastYear)
        {
            throw new ToolErrorException($"{given.Field}: Input should lie between the years {FirstYear} and {LastYear}");
        }

        if (from >= until)
        {
            throw new ToolErrorException($"{given.Field}: start should be before end");
        }

        // Whole days can be an hour longer than a day where clocks change.
        var days = given.Interval switch
        {
            Interval.FiveMinutes => 2,
            Interval.Hour => 8,
            _ => int.MaxValue,
        };
        if ((until - from).TotalDays > days + (1 / 24.0))
        {
            throw new ToolErrorException($"interval: {(days == 2 ? "five_minute" : "hour")} is limited to ranges of {days} days");
        }
    }

    private static bool IsGiven(GivenRange given, JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.String or JsonValueKind.Number => true,
        JsonValueKind.Undefined or JsonValueKind.Null => false,
        _ => throw new ToolErrorException($"{given.Field}.{name}: Input should be Unix seconds, an ISO 8601 date or such as now-7d"),
    };

    private static TimeZoneInfo FindZone(GivenRange given) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(given.Zone!, out var zone) ? zone : throw new ToolErrorException($"{given.Field}.timezone: {given.Zone} is not an IANA time zone");
}
