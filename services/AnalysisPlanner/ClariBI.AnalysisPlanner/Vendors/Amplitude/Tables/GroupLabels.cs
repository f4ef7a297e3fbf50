using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Tables;

internal static class GroupLabels
{
    /// <summary>What a funnel or a retention curve is called: its segment's name, its group's value, both, or "All users".</summary>
    public static string Of(AnalysisQuery query, int segment, string? group)
    {
        var name = segment >= 0 && segment < query.Segments.Count ? query.Segments[segment].Name : null;
        return (name, group) switch
        {
            (null, null) => "All users",
            (null, { } value) => value,
            ({ } only, null) => only,
            var (both, value) => $"{both}, {value}",
        };
    }
}
