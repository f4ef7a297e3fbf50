using System.Text.Json;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.Reading;

/// <summary>Reads what raw definitions have in common.</summary>
internal sealed class RawReader(Project project, PropertyCatalogue properties, DateTime now)
{
    public EventRef Event(JsonElement item)
    {
        Filter[] filters = [.. item.Items("filters").Select(filter => new Filter(filter.Required("subprop_key"), Scope(filter.Text("subprop_type")), Operator(filter.Required("subprop_op")), filter.Values("subprop_value")))];
        return new(item.Required("event_type"), filters, Groups(item, "group_by"));
    }

    public GroupKey[] Groups(JsonElement item, string name) => [.. item.Items(name).Select(key => new GroupKey(Bare(key.Required("value")), Scope(key.Text("type"))))];

    public Segment[] Segments(JsonElement parameters)
    {
        Segment[] segments = [.. parameters.Items("segments").Select(Segment)];
        return segments.Length == 0 ? [Query.Segment.Everyone] : segments;
    }

    private Segment Segment(JsonElement segment)
    {
        var filters = new List<Filter>();
        var cohorts = new List<CohortFilter>();
        foreach (var condition in segment.Items("conditions"))
        {
            if (condition.Text("type") == "cohort")
            {
                cohorts.Add(new(condition.Required("cohort_id"), condition.Text("op") != "is_not_in"));
                continue;
            }

            var name = condition.Required("prop");
            if (condition.Text("prop_type") is null or "user" && !name.StartsWith("gp:", StringComparison.Ordinal) && !PropertyCatalogue.BuiltIn.Any(property => property.Name == name))
            {
                throw new ToolErrorException($"Invalid user property {name}");
            }

            filters.Add(new(Bare(name), Scope(condition.Text("prop_type") ?? "user"), Operator(condition.Required("op")), condition.Values("values")));
        }

        var label = segment.Text("name") ?? (filters.Count > 0 ? TypedReader.Describe([.. filters]) : cohorts.Count > 0 ? string.Join(", ", cohorts.Select(CohortName)) : Query.Segment.Everyone.Name);
        return new(label, [.. filters], [.. cohorts]);
    }

    private string CohortName(CohortFilter filter) => Array.Find(project.Cohorts, cohort => cohort.Id == filter.CohortId)?.Name ?? filter.CohortId;

    private string Bare(string name) => name.StartsWith("gp:", StringComparison.Ordinal) && properties.Find("user", name) is { } property ? property.Name : name;

    private static string Scope(string? type) => type switch
    {
        null or "event" => "event",
        "user" => "user",
        _ => throw new ToolErrorException($"property type {type} is not supported: use event or user"),
    };

    private static string Operator(string op) => op switch
    {
        "set is" => "is",
        "set is not" => "is not",
        _ => op,
    };

    public DateRange Range(JsonElement parameters)
    {
        var range = parameters.Text("range");
        return DateRangeParsing.Parse(range ?? (parameters.Field("start").ValueKind == JsonValueKind.Undefined ? "Last 30 Days" : null), parameters.Field("start"), parameters.Field("end"), parameters.Text("timezone"),
            DateRangeParsing.ParseRawInterval(parameters.Number("interval", 1)), project.Zone, now);
    }
}
