using System.Text.Json;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.Reading;

/// <summary>Reads what the typed charts have in common. Their shape has been checked against the schema before.</summary>
internal sealed class TypedReader(Project project, PropertyCatalogue properties, DateTime now)
{
    public EventRef Event(JsonElement item)
    {
        var type = item.Text("object_type");
        EventRef[] members = [.. item.Items("members").Select(Plain)];
        return type is null == (members.Length == 0)
            ? Plain(item) with { Members = members, IsComparison = type == "COMPARISON_EVENT" }
            : throw new ToolErrorException(type is null ? "object_type: Field required with members" : $"members: Field required with {type}");
    }

    private EventRef Plain(JsonElement item) => new(item.Required("event"), Filters(item), Groups(item));

    public Filter[] Filters(JsonElement item) => [.. item.Items("where").Select(Filter)];

    public GroupKey[] Groups(JsonElement item) => GroupKeys.Checked("group_by", item.Items("group_by").Select(Group));

    public GroupKey Group(JsonElement key) => new(key.Required("property"), Scope(key));

    /// <summary>Left out, a scope is the user's where there is such a user property.</summary>
    public string Scope(JsonElement item)
    {
        var name = item.Required("property");
        return Scopes.Check("scope", item.Text("scope") ?? (properties.Find(Scopes.User, name) is null ? Scopes.Event : Scopes.User), name, item.Text("group_type"));
    }

    public Segment[] Segments(JsonElement chart)
    {
        Segment[] segments = [.. chart.Items("segments").Select(Segment)];
        return segments.Length == 0 ? [Query.Segment.Everyone] : segments;
    }

    private Segment Segment(JsonElement segment)
    {
        var (cohorts, filters) = (segment.Items("where").Where(IsCohort), segment.Items("where").Where(item => !IsCohort(item)));
        Performed[] performed = [.. segment.Items("performed").Select(item => PerformedReading.Read(item, Plain(item), "count"))];
        return SegmentNames.Named(null, project, new("", [.. filters.Select(Filter)], [.. cohorts.Select(item => SegmentNames.Cohort(item.Required("op"), item.Values("values")))]) { Performed = performed });
    }

    private static bool IsCohort(JsonElement item) => item.Text("property") == Scopes.Cohort;

    private Filter Filter(JsonElement item) => new(item.Required("property"), Scope(item), item.Required("op"), item.Values("values"));

    public DateRange Range(JsonElement chart)
    {
        var range = chart.Field("date_range");
        return DateRangeParsing.Parse(new("date_range", range.Text("relative"), range.Field("start"), range.Field("end"), range.Text("timezone"), DateRangeParsing.ParseInterval(chart.Text("interval"))), project, now);
    }

    public static string Name(JsonElement chart, string otherwise) => chart.Text("name") is { Length: > 0 } name ? name : otherwise;
}
