namespace ClariBI.Charts.Tiles;

internal static class LocalTime
{
    /// <summary>An instant on the clock of an IANA time zone; of UTC where the zone is unknown here.</summary>
    public static (DateTimeOffset Time, string Zone) In(DateTimeOffset instant, string zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            ? (TimeZoneInfo.ConvertTime(instant, found), zone)
            : (instant.ToUniversalTime(), "UTC");
}
