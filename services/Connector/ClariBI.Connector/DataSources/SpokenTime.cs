using System.Globalization;

namespace ClariBI.Connector.DataSources;

/// <summary>Times in sentences for people, always in UTC.</summary>
internal static class SpokenTime
{
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>“today”, “yesterday”, “12 days ago”.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => Math.Max(0, (int)(now - at).TotalDays) switch
    {
        0 => "today",
        1 => "yesterday",
        var days => string.Create(CultureInfo.InvariantCulture, $"{days} days ago"),
    };
}
