using System.Globalization;

namespace ClariBI.Sandbox.Query;

/// <summary>From Start (included) to End (excluded), both UTC, cut into intervals of the zone's calendar. Weeks start on the project's day.</summary>
internal sealed record DateRange(DateTime Start, DateTime End, TimeZoneInfo Zone, Interval Interval, DateTime Now, DayOfWeek WeekStart)
{
    /// <summary>Starts of the intervals, in local time.</summary>
    public IReadOnlyList<DateTime> Buckets { get; } = [.. Enumerate(Start, End, Zone, Interval, WeekStart)];

    public DateTime LocalNow => Local(Now, Zone);

    public string Unit => Interval == Interval.FiveMinutes ? "five_minute" : Interval.ToString().ToLowerInvariant();

    /// <summary>Another stretch of time in the same zone and intervals. Not by "with", which would keep the intervals of this one.</summary>
    public DateRange Over(DateTime start, DateTime end) => new(start, end, Zone, Interval, Now, WeekStart);

    public string Label(DateTime bucket) => bucket.ToString(Interval <= Interval.Hour ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public bool IsComplete(DateTime bucket) => Next(bucket, Interval) <= LocalNow;

    public DateTime Floor(DateTime local) => Floor(local, Interval, WeekStart);

    public static DateTime Local(DateTime utc, TimeZoneInfo zone) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);

    /// <summary>A local time the clocks jumped over is read as if they had not jumped yet; of one they pass twice, the first is meant.</summary>
    public static DateTime Utc(DateTime local, TimeZoneInfo zone)
    {
        var plain = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var before = plain;
        while (zone.IsInvalidTime(before))
        {
            before = before.AddMinutes(-30);
        }

        var offset = zone.IsAmbiguousTime(plain) ? zone.GetAmbiguousTimeOffsets(plain).Max() : zone.GetUtcOffset(before);
        return DateTime.SpecifyKind(plain - offset, DateTimeKind.Utc);
    }

    public static DateTime Floor(DateTime local, Interval interval, DayOfWeek weekStart) => interval switch
    {
        Interval.FiveMinutes => local.Date.AddMinutes((int)local.TimeOfDay.TotalMinutes / 5 * 5),
        Interval.Hour => local.Date.AddHours(local.Hour),
        Interval.Day => local.Date,
        Interval.Week => local.Date.AddDays(-((local.DayOfWeek - weekStart + 7) % 7)),
        Interval.Month => new DateTime(local.Year, local.Month, 1),
        _ => new DateTime(local.Year, ((local.Month - 1) / 3 * 3) + 1, 1),
    };

    public static DateTime Next(DateTime bucket, Interval interval, int count = 1) => interval switch
    {
        Interval.FiveMinutes => bucket.AddMinutes(5 * count),
        Interval.Hour => bucket.AddHours(count),
        Interval.Day => bucket.AddDays(count),
        Interval.Week => bucket.AddDays(7 * count),
        Interval.Month => bucket.AddMonths(count),
        _ => bucket.AddMonths(3 * count),
    };

    private static IEnumerable<DateTime> Enumerate(DateTime start, DateTime end, TimeZoneInfo zone, Interval interval, DayOfWeek weekStart)
    {
        var (first, last) = (Local(start, zone), Local(end.AddTicks(-1), zone));

        // Where clocks go back, times of day inside a short range can lie before its start or after its end.
        for (var moment = start; interval <= Interval.Hour && moment < end; moment = moment.AddMinutes(5))
        {
            var local = Local(moment, zone);
            (first, last) = (local < first ? local : first, local > last ? local : last);
        }

        for (var bucket = Floor(first, interval, weekStart); bucket <= last; bucket = Next(bucket, interval))
        {
            if (!IsLeftOut(bucket, zone, interval))
            {
                yield return bucket;
            }
        }
    }

    /// <summary>An hour that the clocks jump over.</summary>
    private static bool IsLeftOut(DateTime bucket, TimeZoneInfo zone, Interval interval) =>
        interval <= Interval.Hour && zone.IsInvalidTime(bucket) && zone.IsInvalidTime(Next(bucket, interval).AddTicks(-1));
}
