using System.ComponentModel.DataAnnotations;

namespace ClariBI.AnalysisPlanner;

/// <summary>How analyses run. Bound from the <c>Planner</c> section.</summary>
public sealed class PlannerOptions
{
    public const string SectionName = "Planner";

    /// <summary>How many analyses this process works on at once; more wait in the queue, where another process can take them.</summary>
    [Range(1, 1000)]
    public int ConcurrentAnalyses { get; init; } = 16;

    /// <summary>A run that has not renewed its lease for this long is taken for dead, and another process may take it over.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often dead runs are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan RecoveryInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>After so many tries an analysis whose runs die is given up.</summary>
    [Range(1, 20)]
    public int MaximumAttempts { get; init; } = 3;

    /// <summary>Longest wait for one answer of a vendor.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan VendorTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Longest wait for another ClariBI service.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan ServiceTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the names of a project are kept before they are read again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan TaxonomyLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A comment is sent this often on a stream of progress, so that proxies keep it open.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan StreamHeartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Fixes the calendar that questions are read by ("today", "last month"), to ask sample data as of the day it was made. Leases, caches and
    /// what is stored keep following the machine's clock. Null, as it should be wherever people ask: the machine's.
    /// </summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>In Production <see cref="Now"/> is refused without this: forgotten there, it would answer every question about the past.</summary>
    public bool AllowFixedCalendar { get; init; }
}
