namespace ClariBI.Sandbox.Numbers.Tests.Reading;

/// <summary>What the sandbox calls a segment that has no name of its own.</summary>
internal static class SegmentNames
{
    public static string Of(IEnumerable<(string Property, string Op, string[] Values)> conditions)
    {
        var name = string.Join(", ", conditions.Select(item => $"{item.Property} {item.Op} {string.Join(" or ", item.Values)}"));
        return name.Length == 0 ? "All Users" : name;
    }
}
