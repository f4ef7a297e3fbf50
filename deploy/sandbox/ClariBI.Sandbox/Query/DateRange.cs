using System.Globalization;

namespace ClariBI.Sandbox.Query;

/// <summary>From Start (included) to End (excluded), both UTC, cut into intervals of the zone's calendar. Weeks start on Monday.</summary>
internal sealed record DateRange(DateTime Start, DateTime End, TimeZoneInfo Zone, Interval Interval, DateTime Now)
{
    /// <summary>Starts of the intervals, in local time.</summary>
    public IReadOnlyList<DateTime> Buckets { get; } = [.. Enumerate(Local(Start, Zone), Local(End, Zone), Interval)];

    public DateTime LocalNow => Local(Now, Zone);

    public string Unit => Interval.ToString().ToLowerInvariant();

    public string Label(DateTime bucket) => bucket.ToString(Interval == Interval.Hour ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public bool IsComplete(DateTime bucket) => Next(bucket, Interval) <= LocalNow;

    public static DateTime Local(DateTime utc, TimeZoneInfo zone) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);

    /// <summary>A local time the clocks jumped over means the moment they jumped.</summary>
    public static DateTime Utc(DateTime local, TimeZoneInfo zone)
    {
        var plain = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(plain) ? plain.AddHours(1) : plain, zone);
    }

    public static DateTime Floor(DateTime local, Interval interval) => interval switch
    {
        Interval.Hour => local.Date.AddHours(local.Hour),
        Interval.Day => local.Date,
        Interval.Week => local.Date.AddDays(-(((int)local.DayOfWeek + 6) % 7)),
        Interval.Month => new DateTime(local.Year, local.Month, 1),
        _ => new DateTime(local.Year, ((local.Month - 1) / 3 * 3) + 1, 1),
    };

    public static DateTime Next(DateTime bucket, Interval interval, int count = 1) => interval switch
    {
        Interval.Hour => bucket.AddHours(count),
        Interval.Day => bucket.AddDays(count),
        Interval.Week => bucket.AddDays(7 * count),
        Interval.Month => bucket.AddMonths(count),
        _ => bucket.AddMonths(3 * count),
    };

    private static IEnumerable<DateTime> Enumerate(DateTime from, DateTime until, Interval interval)
    {
        for (var bucket = Floor(from, interval); bucket < until; bucket = Next(bucket, interval))
        {
            yield return bucket;
        }
    }
}
