using System.Globalization;

namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>
/// Calendar intervals of a time zone, known by the local time they begin at. An hour the clocks pass twice is one interval; an hour
/// they leave out is none.
/// </summary>
internal sealed class Calendar(TimeZoneInfo zone, DayOfWeek weekStart)
{
    public TimeZoneInfo Zone => zone;

    public DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, zone);

    /// <summary>The first moment with this local time; where the clocks leave it out, the moment they jump.</summary>
    public DateTime Utc(DateTime local)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsAmbiguousTime(local))
        {
            return DateTime.SpecifyKind(local - zone.GetAmbiguousTimeOffsets(local).Max(), DateTimeKind.Utc);
        }

        return zone.IsInvalidTime(local)
            ? DateTime.SpecifyKind(local - zone.GetUtcOffset(local.AddHours(-3)), DateTimeKind.Utc)
            : TimeZoneInfo.ConvertTimeToUtc(local, zone);
    }

    public DateTime Start(DateTime utc, string interval) => StartLocal(Local(utc), interval);

    public DateTime StartLocal(DateTime local, string interval) => interval switch
    {
        "five_minute" => local.Date.AddHours(local.Hour).AddMinutes(local.Minute / 5 * 5),
        "hour" => local.Date.AddHours(local.Hour),
        "day" => local.Date,
        "week" => local.Date.AddDays(-(((int)local.DayOfWeek - (int)weekStart + 7) % 7)),
        "month" => new(local.Year, local.Month, 1),
        "quarter" => new(local.Year, ((local.Month - 1) / 3 * 3) + 1, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(interval), interval, null),
    };

    public static DateTime Move(DateTime local, string interval, int count) => interval switch
    {
        "five_minute" => local.AddMinutes(5 * count),
        "hour" => local.AddHours(count),
        "day" => local.AddDays(count),
        "week" => local.AddDays(7 * count),
        "month" => local.AddMonths(count),
        "quarter" => local.AddMonths(3 * count),
        _ => throw new ArgumentOutOfRangeException(nameof(interval), interval, null),
    };

    /// <summary>The moment the interval that begins at this local time is over.</summary>
    public DateTime End(DateTime start, string interval) => Utc(Move(start, interval, 1));

    /// <summary>The beginnings of the intervals that a half-open range touches.</summary>
    public DateTime[] Intervals(DateTime from, DateTime to, string interval)
    {
        var starts = new List<DateTime>();
        for (var start = Start(from, interval); starts.Count == 0 || Utc(start) < to; start = Move(start, interval, 1))
        {
            if (!(interval is "hour" or "five_minute") || !zone.IsInvalidTime(start))
            {
                starts.Add(start);
            }
        }

        return [.. starts];
    }

    public static string Label(DateTime start, string interval) =>
        start.ToString(interval is "hour" or "five_minute" ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
