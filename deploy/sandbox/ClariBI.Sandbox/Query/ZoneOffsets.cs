namespace ClariBI.Sandbox.Query;

internal static class ZoneOffsets
{
    /// <summary>The zone's offsets in seconds from a moment (UTC) on, each with the moment it starts at.</summary>
    public static List<(DateTime From, int Seconds)> Between(TimeZoneInfo zone, DateTime from, DateTime until)
    {
        var day = DateTime.SpecifyKind(from, DateTimeKind.Utc).AddDays(-1);
        var pieces = new List<(DateTime From, int Seconds)> { (day, Seconds(zone, day)) };
        for (; day <= until.AddDays(1); day = day.AddDays(1))
        {
            if (Seconds(zone, day.AddDays(1)) is var next && next != pieces[^1].Seconds)
            {
                pieces.Add((Change(zone, day, next), next));
            }
        }

        return pieces;
    }

    /// <summary>The second of the day at which the new offset begins.</summary>
    private static DateTime Change(TimeZoneInfo zone, DateTime day, int seconds)
    {
        var (before, after) = (0, 86_400);
        while (after - before > 1)
        {
            var middle = (before + after) / 2;
            (before, after) = Seconds(zone, day.AddSeconds(middle)) == seconds ? (before, middle) : (middle, after);
        }

        return day.AddSeconds(after);
    }

    private static int Seconds(TimeZoneInfo zone, DateTime moment) => (int)zone.GetUtcOffset(moment).TotalSeconds;
}
