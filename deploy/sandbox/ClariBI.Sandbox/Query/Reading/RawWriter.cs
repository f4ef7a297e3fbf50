using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Query.Reading;

/// <summary>Writes what raw definitions have in common.</summary>
internal static class RawWriter
{
    public static JsonObject Parameters(ChartQuery query)
    {
        var range = query.Range;
        var parameters = new JsonObject
        {
            ["start"] = new DateTimeOffset(DateTime.SpecifyKind(range.Start, DateTimeKind.Utc)).ToUnixTimeSeconds(),
            ["end"] = new DateTimeOffset(DateTime.SpecifyKind(range.End, DateTimeKind.Utc)).ToUnixTimeSeconds(),
            ["timezone"] = range.Zone.Id,
            ["interval"] = range.Interval switch
            {
                Interval.FiveMinutes => -300_000,
                Interval.Hour => -3_600_000,
                Interval.Day => 1,
                Interval.Week => 7,
                Interval.Month => 30,
                _ => 90,
            },
            ["countGroup"] = "User",
            ["groupBy"] = Groups(query.GroupBy),
            ["segments"] = new JsonArray([.. query.Segments.Select(Segment)]),
        };
        return parameters;
    }

    public static JsonObject Event(EventRef item)
    {
        var written = new JsonObject { ["event_type"] = item.Name, ["filters"] = Filters(item), ["group_by"] = Groups(item.GroupBy) };
        if (item.Members.Length > 0)
        {
            written["object_type"] = item.IsComparison ? "COMPARISON_EVENT" : "INLINE_CUSTOM_EVENT";
            written["members"] = new JsonArray([.. item.Members.Select(Event)]);
        }

        return written;
    }

    private static JsonArray Filters(EventRef item) => new([.. item.Filters.Select(filter => new JsonObject
    {
        ["group_type"] = "User", ["subprop_type"] = filter.Scope, ["subprop_key"] = Key(filter.Scope, filter.Property), ["subprop_op"] = filter.Op, ["subprop_value"] = Values(filter),
    })]);

    private static JsonObject Segment(Segment segment) => new()
    {
        ["name"] = segment.Name,
        ["conditions"] = new JsonArray([
            .. segment.Filters.Select(filter => new JsonObject
            {
                ["type"] = "property", ["group_type"] = "User", ["prop_type"] = filter.Scope, ["prop"] = Key(filter.Scope, filter.Property), ["op"] = filter.Op, ["values"] = Values(filter),
            }),
            .. segment.Cohorts.Select(cohort => new JsonObject { ["type"] = "cohort", ["group_type"] = "User", ["cohort_id"] = cohort.CohortId, ["op"] = cohort.IsIn ? "is_in" : "is_not_in" }),
            .. segment.Performed.Select(Performed),
        ]),
    };

    private static JsonObject Performed(Performed performed)
    {
        var time = performed.Time switch
        {
            PerformedTime.EachInterval => "forEachInterval",
            PerformedTime.Rolling => "rolling",
            _ => "allTime",
        };
        return new()
        {
            ["type"] = "event",
            ["event_type"] = performed.Event.Name,
            ["filters"] = Filters(performed.Event),
            ["op"] = performed.Op,
            ["value"] = performed.Count,
            ["time_type"] = time,
            ["time_value"] = performed.Days,
            ["exclude_current_interval"] = performed.ExcludesCurrent,
        };
    }

    public static JsonArray Groups(GroupKey[] keys) => new([.. keys.Select(key => new JsonObject { ["type"] = key.Scope, ["value"] = Key(key.Scope, key.Property), ["group_type"] = "User" })]);

    private static JsonArray Values(Filter filter) => new([.. filter.Values.Select(value => JsonValue.Create(value))]);

    private static string Key(string scope, string name) => scope == Scopes.User && !name.StartsWith("gp:", StringComparison.Ordinal) && !PropertyCatalogue.IsBuiltIn(name) ? "gp:" + name : name;
}
