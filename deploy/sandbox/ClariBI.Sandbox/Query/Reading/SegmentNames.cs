using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.Reading;

/// <summary>What a segment is called, when the caller gave it no name: its conditions in words.</summary>
internal static class SegmentNames
{
    public static Segment Named(string? name, Project project, Segment segment)
    {
        var parts = segment.Filters.Select(Describe)
            .Concat(segment.Cohorts.Select(cohort => (cohort.IsIn ? "" : "not ") + CohortName(project, cohort)))
            .Concat(segment.Performed.Select(PerformedReading.Describe)).ToArray();
        return segment with { Name = name ?? (parts.Length == 0 ? Segment.Everyone.Name : string.Join(", ", parts)) };
    }

    public static CohortFilter Cohort(string op, string[] ids) => ids.Length != 1
        ? throw new ToolErrorException("values: Array should have exactly 1 item: one cohort a condition")
        : op switch
        {
            "is" or "set is" or "is_in" => new(ids[0], true),
            "is not" or "set is not" or "is_not_in" => new(ids[0], false),
            _ => throw new ToolErrorException("op: Input should be one of is, is not for a cohort"),
        };

    public static string Describe(Filter filter) => $"{filter.Property} {filter.Op} {string.Join(" or ", filter.Values)}";

    private static string CohortName(Project project, CohortFilter filter) => Array.Find(project.Cohorts, cohort => cohort.Id == filter.CohortId)?.Name ?? filter.CohortId;
}
