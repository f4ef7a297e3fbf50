using ClariBI.AnalysisPlanner.DataSources;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Compiling;

/// <summary>One call's worth of a query: one measure (Amplitude's charts take one metric), one range.</summary>
/// <param name="Measure">Null for funnels and retention.</param>
/// <param name="TotalsOnly">Ask for one number per group instead of a series. Needed for users: their days do not add up.</param>
internal sealed record ChartAsk(
    AnalysisQuery Query, Measure? Measure, string ProjectId, DateOnly Start, DateOnly End, string TimeZone, bool TotalsOnly)
{
    /// <summary>First second of the range in the project's time zone, as Unix seconds.</summary>
    public long StartEpoch => Epoch(Start);

    /// <summary>Last second of the range.</summary>
    public long EndEpoch => Epoch(End.AddDays(1)) - 1;

    private long Epoch(DateOnly day)
    {
        var zone = TimeZones.Find(TimeZone);
        var midnight = day.ToDateTime(TimeOnly.MinValue);

        // Where the clock skips midnight, the day begins an hour later.
        return new DateTimeOffset(midnight, zone.GetUtcOffset(zone.IsInvalidTime(midnight) ? midnight.AddHours(1) : midnight)).ToUnixTimeSeconds();
    }
}
