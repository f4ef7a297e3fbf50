using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query;

/// <summary>How many properties a chart can be grouped by, those of its events included.</summary>
internal static class GroupKeys
{
    private const int Most = 2;

    public static GroupKey[] Checked(string field, IEnumerable<GroupKey> keys)
    {
        GroupKey[] all = [.. keys];
        return all.Length <= Most ? all : throw new ToolErrorException($"{field}: Array should have at most {Most} items");
    }

    /// <summary>The chart's own group-bys, and then those of its events.</summary>
    public static GroupKey[] Joined(GroupKey[] chart, IEnumerable<GroupKey> events)
    {
        GroupKey[] all = [.. chart.Concat(events).Distinct()];
        return all.Length <= Most ? all : throw new ToolErrorException($"group_by: Array should have at most {Most} items, those of the events included");
    }
}
