using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.Segmentations;

/// <summary>What both forms of a segmentation have to fulfil.</summary>
internal static class SegmentationBuilding
{
    private const int MostEvents = 10;

    /// <summary>Metrics whose values cannot be added up look at every row again for each interval, so their windows are shorter.</summary>
    private const int LongestSpread = 31;
    private const int LongestWindow = 366;

    /// <summary>An event's own group-bys group the chart, except the one that a property metric measures.</summary>
    public static SegmentationQuery Build(SegmentationQuery given)
    {
        var (metric, events) = (given.Metric, given.Events);
        if (events.Length is 0 or > MostEvents)
        {
            throw new ToolErrorException($"events: Array should have from 1 to {MostEvents} items");
        }

        CheckWindow(given);
        var leaves = metric == Metric.Formula ? Leaves(given) : [.. events.Select((_, index) => new FormulaLeaf(metric, index))];
        var measuring = leaves.Where(leaf => Metrics.IsOfProperty(leaf.Metric)).Select(leaf => leaf.Event).ToHashSet();
        foreach (var index in measuring.Where(index => events[index].GroupBy.Length == 0 && !Array.Exists(events[index].Members, member => member.GroupBy.Length > 0)))
        {
            throw new ToolErrorException($"events.{index}.group_by: Field required: the first property of the event's group_by is the one measured");
        }

        var own = events.SelectMany((item, index) => item.GroupBy.Skip(measuring.Contains(index) ? 1 : 0));
        return given with { GroupBy = GroupKeys.Joined(given.GroupBy, own), Events = [.. events.Select((item, index) => Measured(item, measuring.Contains(index)))] };
    }

    private static EventRef Measured(EventRef item, bool isMeasured) => item with
    {
        GroupBy = [.. item.GroupBy.Take(isMeasured ? 1 : 0)],
        Members = [.. item.Members.Select(member => Measured(member, isMeasured))],
    };

    private static HashSet<FormulaLeaf> Leaves(SegmentationQuery given)
    {
        if (given.Formula is null)
        {
            throw new ToolErrorException("measured_as.formula: Field required");
        }

        return Array.Exists(given.Events, item => item.IsComparison)
            ? throw new ToolErrorException("events: a comparison of events cannot be part of a formula")
            : Formula.Parse(given.Formula, given.Events.Length).Leaves;
    }

    private static void CheckWindow(SegmentationQuery given)
    {
        var (kind, length) = given.Window;
        if (length is < 1 or > LongestWindow)
        {
            throw new ToolErrorException($"rolling_window: Input should be from 1 to {LongestWindow}");
        }

        var longest = kind == WindowKind.Cumulative ? given.Range.Buckets.Count : kind == WindowKind.Rolling ? length : 1;
        if (longest > LongestSpread && (given.Metric is Metric.Frequency or Metric.PropertyMedian || given.Formula?.Contains("PROPMEDIAN", StringComparison.Ordinal) == true))
        {
            throw new ToolErrorException($"{(kind == WindowKind.Cumulative ? "cumulative" : "rolling_window")}: frequency and medians look at {LongestSpread} intervals at most");
        }
    }
}
