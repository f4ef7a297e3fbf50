using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>Active users by the value of a property.</summary>
internal static class Composition
{
    public static JsonObject Of(EventFile file, Chart chart, Segments segments)
    {
        var property = chart.GroupBy[0];
        var groups = file.All.Where(item => chart.Range.Has(item) && segments.Has(chart.Segments[0], item))
            .GroupBy(item => item.Label(property)).Select(group => (Label: group.Key, Users: Metrics.Users(group)))
            .OrderByDescending(group => group.Users).ThenBy(group => group.Label, StringComparer.Ordinal).Take(chart.GroupByLimit).ToArray();
        return new()
        {
            ["series"] = new JsonArray(Json.Array(groups.Select(group => (double)group.Users))),
            ["xValues"] = Json.Array(groups.Select(group => group.Label)),
        };
    }
}
