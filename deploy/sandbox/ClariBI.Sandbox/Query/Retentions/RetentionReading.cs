using System.Text.Json;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.Retentions;

/// <summary>The parts of a retention that its two forms share, each refused by the name of the field at fault.</summary>
internal static class RetentionReading
{
    private const int MostBrackets = 30;
    private const int LongestBracket = 1000;
    private static readonly string[] Methods = ["rolling", "nday", "bracket", "nday_or_before"];

    public static RetentionMethod Method(string field, string? name) => name is null ? RetentionMethod.Rolling
        : Array.IndexOf(Methods, name) is >= 0 and var index ? (RetentionMethod)index
        : throw new ToolErrorException($"{field}: Input should be one of {string.Join(", ", Methods)}");

    public static string Method(RetentionMethod method) => Methods[(int)method];

    public static bool IsUsageInterval(string field, string? measure) => measure switch
    {
        null or "retention" => false,
        "usage_interval" => true,
        _ => throw new ToolErrorException($"{field}: Input should be one of retention, usage_interval"),
    };

    public static (int From, int Until)[] Brackets(JsonElement chart, string field, RetentionMethod method)
    {
        (int From, int Until)[] brackets = [.. chart.Items(field).Select((pair, index) => Bracket(pair, $"{field}.{index}"))];
        return brackets.Length > MostBrackets ? throw new ToolErrorException($"{field}: Array should have at most {MostBrackets} items")
            : method == RetentionMethod.Bracket && brackets.Length == 0 ? throw new ToolErrorException($"{field}: Field required")
            : brackets;
    }

    /// <summary>A start event's own group-bys group the chart; those of return events have no meaning here.</summary>
    public static GroupKey[] Groups(GroupKey[] groups, EventRef start, string field, EventRef[] returns)
    {
        if (Array.FindIndex(returns, item => item.GroupBy.Length > 0) is >= 0 and var index)
        {
            throw new ToolErrorException($"{field}.{index}.group_by: the sandbox groups retention by its start event only");
        }

        return GroupKeys.Joined(groups, start.GroupBy);
    }

    private static (int From, int Until) Bracket(JsonElement pair, string field)
    {
        var isPair = pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2;
        return isPair && Whole(pair[0]) is >= 0 and var from && Whole(pair[1]) is <= LongestBracket and var until && until > from
            ? (from, until)
            : throw new ToolErrorException($"{field}: Input should be [from, until] with 0 <= from < until <= {LongestBracket}");
    }

    private static int? Whole(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
