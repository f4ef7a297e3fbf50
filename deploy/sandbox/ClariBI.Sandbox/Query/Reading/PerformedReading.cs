using System.Text.Json;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.Reading;

/// <summary>Reads what "performed" means in both forms; they differ in the names of the event and of the count.</summary>
internal static class PerformedReading
{
    private const int MostDays = 366;

    public static Performed Read(JsonElement item, EventRef performed, string countField)
    {
        var time = item.Text("time_type") switch
        {
            null or "forEachInterval" or "currentInterval" => PerformedTime.EachInterval,
            "rolling" => PerformedTime.Rolling,
            "allTime" => PerformedTime.AllTime,
            _ => throw new ToolErrorException("time_type: Input should be one of forEachInterval, rolling, currentInterval, allTime"),
        };
        var days = item.Number("time_value", 1);
        if (time == PerformedTime.Rolling && days is < 1 or > MostDays)
        {
            throw new ToolErrorException($"time_value: Input should be from 1 to {MostDays}");
        }

        var count = item.Number(countField, 1);
        return new(performed, Operator(item.Text("op")), count >= 0 ? count : throw new ToolErrorException($"{countField}: Input should be at least 0"), time, days, item.Flag("exclude_current_interval"));
    }

    public static string Describe(Performed performed)
    {
        var time = performed.Time switch
        {
            PerformedTime.EachInterval => "",
            PerformedTime.AllTime => " ever",
            _ => $" in {performed.Days} days{(performed.ExcludesCurrent ? " before" : "")}",
        };
        var filters = performed.Event.Filters.Length == 0 ? "" : $" ({string.Join(", ", performed.Event.Filters.Select(SegmentNames.Describe))})";
        return $"performed {performed.Event.Name}{filters} {performed.Op} {performed.Count}{time}";
    }

    private static string Operator(string? op) => op switch
    {
        null or ">=" or "greater or equal" => ">=",
        ">" or "greater" => ">",
        "<=" or "less or equal" => "<=",
        "<" or "less" => "<",
        "=" or "is" => "=",
        "!=" or "is not" => "!=",
        _ => throw new ToolErrorException("op: Input should be one of >=, >, <=, <, =, !=, greater or equal, greater, less or equal, less, is, is not"),
    };
}
