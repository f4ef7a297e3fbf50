using System.Text.Json;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.Reading;

/// <summary>Reads what the typed charts have in common. Their shape has been checked against the schema before.</summary>
internal sealed class TypedReader(Project project, PropertyCatalogue properties, DateTime now)
{
    public EventRef Event(JsonElement item) => new(item.Required("event"), Filters(item), Groups(item));

    public Filter[] Filters(JsonElement item) => [.. item.Items("where").Select(filter => new Filter(filter.Required("property"), Scope(filter), filter.Required("op"), filter.Values("values")))];

    public GroupKey[] Groups(JsonElement item)
    {
        GroupKey[] groups = [.. item.Items("group_by").Select(key => new GroupKey(key.Required("property"), Scope(key)))];
        return groups.Length <= 2 ? groups : throw new ToolErrorException("group_by: at most 2 properties");
    }

    /// <summary>Left out, a scope is the user's where there is such a user property.</summary>
    public string Scope(JsonElement item)
    {
        var name = item.Required("property");
        return item.Text("scope") ?? (properties.Find("user", name) is null ? "event" : "user");
    }

    public Segment[] Segments(JsonElement chart)
    {
        Segment[] segments = [.. chart.Items("segments").Select(segment => Filters(segment) is { Length: > 0 } filters ? new Segment(Describe(filters), filters, []) : Segment.Everyone)];
        return segments.Length == 0 ? [Segment.Everyone] : segments;
    }

    public static string Describe(Filter[] filters) => string.Join(", ", filters.Select(filter => $"{filter.Property} {filter.Op} {string.Join(" or ", filter.Values)}"));

    public DateRange Range(JsonElement chart)
    {
        var range = chart.Field("date_range");
        return DateRangeParsing.Parse(range.Text("relative"), range.Field("start"), range.Field("end"), range.Text("timezone"), DateRangeParsing.ParseInterval(chart.Text("interval")), project.Zone, now);
    }

    public static string Name(JsonElement chart, string otherwise) => chart.Text("name") is { Length: > 0 } name ? name : otherwise;
}
