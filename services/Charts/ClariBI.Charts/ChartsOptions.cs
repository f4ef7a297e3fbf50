using System.ComponentModel.DataAnnotations;

namespace ClariBI.Charts;

/// <summary>How tiles are kept up to date. Bound from the <c>Charts</c> section.</summary>
public sealed class ChartsOptions
{
    public const string SectionName = "Charts";

    /// <summary>Age at which a tile is refreshed without being asked.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How many tiles this process refreshes at once by itself: each is a call to a vendor with a rate limit.</summary>
    [Range(1, 16)]
    public int RefreshConcurrency { get; init; } = 2;

    /// <summary>Longest wait for the planner to run a tile's query; past it the refresh has failed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
