using System.Globalization;
using System.Text.Json;
using ClariBI.AnalysisPlanner.DataSources;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Names;

/// <summary>Reads the range of a saved chart: "Last 30 Days", "This Month", or fixed times.</summary>
internal static class RelativeRange
{
    public static DateRange? Read(JsonElement relative, JsonElement start, JsonElement end, string? timeZone)
    {
        if (relative.Text() is { } text)
        {
            return Read(text);
        }

        return start.Number() is { } first && end.Number() is { } last && Day(first, timeZone) is var from && Day(last, timeZone) is var to && from <= to
            ? DateRange.Between(from, to)
            : null;
    }

    private static DateRange? Read(string text)
    {
        var words = text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["today"] => DateRange.LastDays(1),
            ["yesterday"] => new DateRange { Last = 1, Offset = 1 },
            ["this", var unit] when Unit(unit) is { } interval => DateRange.Calendar(interval, 0),
            ["last", var unit] when Unit(unit) is { } interval => DateRange.Calendar(interval, 1),
            ["last", var number, var unit] when int.TryParse(number, CultureInfo.InvariantCulture, out var count) && count is > 0 and < 10_000 && Unit(unit) is { } interval =>
                interval == Interval.Day ? DateRange.LastDays(count) : DateRange.Calendar(interval, 0, count),
            _ => null,
        };
    }

    private static Interval? Unit(string word) => word.TrimEnd('s') switch
    {
        "day" => Interval.Day,
        "week" => Interval.Week,
        "month" => Interval.Month,
        "quarter" => Interval.Quarter,
        _ => null,
    };

    private static DateOnly Day(double epoch, string? timeZone) => DateOnly.FromDateTime(
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds((long)epoch), TimeZones.Find(timeZone)).DateTime);
}
