using System.Text.Json;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.Reading;

/// <summary>Reads what raw definitions have in common.</summary>
internal sealed class RawReader(Project project, PropertyCatalogue properties, DateTime now)
{
    private const int MostSegments = 10;

    public EventRef Event(JsonElement item)
    {
        EventRef[] members = [.. item.Items("members").Select(Plain)];
        var isComparison = item.Text("object_type") switch
        {
            null or "INLINE_CUSTOM_EVENT" => false,
            "COMPARISON_EVENT" => true,
            _ => throw new ToolErrorException("object_type: Input should be one of INLINE_CUSTOM_EVENT, COMPARISON_EVENT"),
        };
        var plain = Plain(item);
        return plain.Name == EventRef.Popular ? plain with { IsComparison = true } : plain with { Members = members, IsComparison = isComparison && members.Length > 0 };
    }

    private EventRef Plain(JsonElement item)
    {
        Filter[] filters = [.. item.Items("filters").Select(filter => Bare(RawFilter.OfEvent(filter)))];
        return new(item.Required("event_type"), filters, Groups(item, "group_by"));
    }

    public GroupKey[] Groups(JsonElement item, string name) => GroupKeys.Checked(name, item.Items(name).Select(Group));

    public GroupKey Group(JsonElement key)
    {
        var name = key.Required("value");
        return new(Bare(name), Scopes.Check("type", key.Text("type") ?? Scopes.Event, name, key.Text("group_type")));
    }

    public Segment[] Segments(JsonElement parameters)
    {
        Segment[] segments = [.. parameters.Items("segments").Take(MostSegments + 1).Select(Segment)];
        return segments.Length == 0 ? [Query.Segment.Everyone]
            : segments.Length <= MostSegments ? segments : throw new ToolErrorException($"params.segments: Array should have at most {MostSegments} items");
    }

    private Segment Segment(JsonElement segment)
    {
        var (filters, cohorts, performed) = (new List<Filter>(), new List<CohortFilter>(), new List<Performed>());
        foreach (var condition in segment.Items("conditions"))
        {
            switch (condition.Text("type"))
            {
                case "cohort":
                    cohorts.Add(SegmentNames.Cohort(condition.Text("op") ?? "is_in", [condition.Required("cohort_id")]));
                    break;
                case "event":
                    performed.Add(PerformedReading.Read(condition, Plain(condition), "value"));
                    break;
                case null or "property" when condition.Text("prop") == Scopes.Cohort:
                    cohorts.Add(SegmentNames.Cohort(condition.Required("op"), condition.Values("values")));
                    break;
                case null or "property":
                    CheckPrefix(condition);
                    filters.Add(Bare(RawFilter.OfSegment(condition)));
                    break;
                default:
                    throw new ToolErrorException("params.segments.conditions.type: Input should be one of property, cohort, event");
            }
        }

        return SegmentNames.Named(segment.Text("name"), project, new("", [.. filters], [.. cohorts]) { Performed = [.. performed] });
    }

    /// <summary>User properties that are not Amplitude's own have to be written with gp: in segments.</summary>
    private static void CheckPrefix(JsonElement condition)
    {
        var name = condition.Required("prop");
        if (condition.Text("prop_type") is null or Scopes.User && !name.StartsWith("gp:", StringComparison.Ordinal) && !PropertyCatalogue.IsBuiltIn(name))
        {
            throw new ToolErrorException($"Invalid user property {name}");
        }
    }

    /// <summary>The prefix stays where the name alone would mean a property of Amplitude's own.</summary>
    private string Bare(string name) =>
        name.StartsWith("gp:", StringComparison.Ordinal) && properties.Find(Scopes.User, name) is { } property && properties.Find(Scopes.User, property.Name) == property ? property.Name : name;

    private Filter Bare(Filter filter) => filter with { Property = Bare(filter.Property) };

    /// <summary>Users are what is counted; countGroup is the word itself or an object that names it.</summary>
    public static void CheckCountGroup(JsonElement parameters)
    {
        var group = parameters.Field("countGroup");
        var name = group.ValueKind == JsonValueKind.Object ? group.Text("name") : parameters.Text("countGroup");
        Scopes.CheckGroup(name, name ?? "");
    }

    public DateRange Range(JsonElement parameters)
    {
        var (range, start, end) = (parameters.Text("range"), parameters.Field("start"), parameters.Field("end"));
        var isOpen = start.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null && end.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;
        return DateRangeParsing.Parse(new("params", range ?? (isOpen ? "Last 30 Days" : null), start, end, parameters.Text("timezone"), DateRangeParsing.ParseRawInterval(parameters.Number("interval", 1))), project, now);
    }
}
