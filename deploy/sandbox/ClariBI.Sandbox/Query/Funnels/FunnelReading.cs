using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query.Reading;

namespace ClariBI.Sandbox.Query.Funnels;

/// <summary>The parts of a funnel that its two forms share, each refused by the name of the field at fault.</summary>
internal static class FunnelReading
{
    private const int MostSteps = 20;
    private const int MostConstant = 10;
    private static readonly string[] Orders = ["this_order", "any_order", "exact_order"];
    private static readonly string[] Modes = ["ordered", "unordered", "sequential"];
    private static readonly string[] Measures = ["conversion", "conversion_over_time", "time_to_convert", "time_to_convert_over_time", "step_count"];

    public static FunnelOrder Mode(string? name) => (FunnelOrder)OneOf("mode", name, Modes);

    public static FunnelOrder Order(string? name) => (FunnelOrder)OneOf("params.order", name, Orders);

    public static string Order(FunnelOrder order) => Orders[(int)order];

    public static FunnelMeasure Measure(string field, string? name) => (FunnelMeasure)OneOf(field, name, Measures);

    public static string Measure(FunnelMeasure measure) => Measures[(int)measure];

    /// <summary>A first step's own group-bys group the chart; those of later steps have no meaning here.</summary>
    public static GroupKey[] Groups(string field, GroupKey[] groups, EventRef[] steps)
    {
        if (steps.Length is < 2 or > MostSteps)
        {
            throw new ToolErrorException($"{field}: a funnel has 2 to {MostSteps} steps");
        }

        if (Array.FindIndex(steps, 1, step => step.GroupBy.Length > 0) is > 0 and var later)
        {
            throw new ToolErrorException($"{field}.{later}.group_by: the sandbox groups a funnel by its first step only");
        }

        return GroupKeys.Joined(groups, steps[0].GroupBy);
    }

    /// <summary>The window as an object, else in seconds, else 30 days. Named as the hosted server names it, in both forms.</summary>
    public static TimeSpan Window(JsonElement chart, string name)
    {
        var window = chart.Field(name);
        return window.ValueKind switch
        {
            JsonValueKind.Object when window.Field("value").ValueKind == JsonValueKind.Undefined => throw new ToolErrorException("conversion_window.value: Field required"),
            JsonValueKind.Object => Window(window.Number("value", 0), window.Text("unit") ?? throw new ToolErrorException("conversion_window.unit: Field required")),
            JsonValueKind.Undefined or JsonValueKind.Null => Seconds("conversionSeconds", chart.Number("conversionSeconds", 30 * 86_400)),
            _ => throw new ToolErrorException("conversion_window: Input should be an object"),
        };
    }

    public static ExcludedEvent[] Excluded(JsonElement chart, string name, Func<JsonElement, EventRef> read, int steps)
    {
        ExcludedEvent[] excluded = [.. chart.Items(name).Select(item => new ExcludedEvent(read(item), item.Number("step_index", -1)))];
        if (excluded.Length > MostSteps)
        {
            throw new ToolErrorException($"{name}: Array should have at most {MostSteps} items");
        }

        return Array.FindIndex(excluded, item => item.After < -1 || item.After > steps - 2) is >= 0 and var wrong
            ? throw new ToolErrorException($"{name}.{wrong}.step_index: Input should be between -1 and {steps - 2}")
            : excluded;
    }

    public static decimal[] Percentiles(JsonElement chart, string name)
    {
        decimal[] percentiles = [.. chart.Items(name).Select((item, index) => item.ValueKind == JsonValueKind.Number && item.TryGetDecimal(out var percent) && percent is >= 0 and <= 100
            ? percent
            : throw new ToolErrorException($"{name}.{index}: Input should be a number from 0 to 100"))];
        return percentiles.Length switch
        {
            0 => FunnelQuery.UsualPercentiles,
            <= 20 => percentiles,
            _ => throw new ToolErrorException($"{name}: Array should have at most 20 items"),
        };
    }

    /// <summary>Typed properties are names, or objects with a scope; held and constant ones mean the same.</summary>
    public static GroupKey[] Constant(JsonElement chart, TypedReader read) =>
        [.. chart.Items("constant_properties").Append(chart.Field("hold_property")).Where(IsGiven).Select(item => read.Group(item.ValueKind == JsonValueKind.String ? new JsonObject { ["property"] = item.GetString() }.Element() : item)).Distinct()];

    /// <summary>In raw definitions they look like group-bys: {type, value}.</summary>
    public static GroupKey[] Constant(JsonElement parameters, RawReader read)
    {
        GroupKey[] constant = [.. parameters.Items("constantProperties").Append(parameters.Field("holdProperty")).Where(IsGiven).Select(read.Group).Distinct()];
        return constant.Length <= MostConstant ? constant : throw new ToolErrorException($"constantProperties: Array should have at most {MostConstant} items");
    }

    private static bool IsGiven(JsonElement item) => item.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    private static TimeSpan Window(int value, string unit) => Seconds("conversion_window.value", value * unit switch
    {
        "second" => 1L,
        "minute" => 60L,
        "hour" => 3_600L,
        "day" => 86_400L,
        "week" => 604_800L,
        _ => throw new ToolErrorException("conversion_window.unit: Input should be one of second, minute, hour, day, week"),
    });

    /// <summary>Checked as seconds: a TimeSpan of two billion weeks does not exist.</summary>
    private static TimeSpan Seconds(string field, long seconds) =>
        seconds is > 0 and <= 366 * 86_400L ? TimeSpan.FromSeconds(seconds) : throw new ToolErrorException($"{field}: Input should be greater than 0 and at most a year");

    private static int OneOf(string field, string? name, string[] names) => name is null ? 0
        : Array.IndexOf(names, name) is >= 0 and var index ? index
        : throw new ToolErrorException($"{field}: Input should be one of {string.Join(", ", names)}");
}
