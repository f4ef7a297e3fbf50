using System.ComponentModel.DataAnnotations;

namespace ClariBI.Connector.DataSources;

/// <summary>How connections are looked after. Bound from the <c>Connector:Life</c> section.</summary>
public sealed class ConnectionLifeOptions
{
    public const string SectionName = "Connector:Life";

    /// <summary>How often a connected source is checked in the background.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How soon a degraded source is checked again at first; the wait doubles up to <see cref="CheckInterval"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan DegradedInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest one background check may take; another replica may take it over after three times as long.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan CheckTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest the connection doctor may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan DoctorTimeout { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long lines stay in the timeline.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan HistoryRetention { get; init; } = TimeSpan.FromDays(400);
}
