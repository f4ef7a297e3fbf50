using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query.Reading;

namespace ClariBI.Sandbox.Query.Funnels;

internal sealed class FunnelKind(Workspace workspace) : IChartKind
{
    public string? Typed => "funnel";

    public string Raw => "funnels";

    public Type Query => typeof(FunnelQuery);

    public string? TypedSchema => $$"""
        {"type":"object","properties":{"kind":{"type":"string","const":"funnel"},
         "steps":{"type":"array","minItems":2,"maxItems":20,"items":{{ChartSchema.Event}} },
         "conversion_window":{"type":"object","properties":{"value":{"type":"integer","minimum":1},"unit":{"type":"string","enum":["second","minute","hour","day","week"]} },"required":["value","unit"],"additionalProperties":false},
         "mode":{"type":"string","enum":["ordered","unordered"],"default":"ordered"},
         "measured_as":{"type":"object","properties":{"as":{"type":"string","enum":["conversion"]},"as_":{"type":"string"} },"additionalProperties":false},
         {{ChartSchema.Common}} },"required":["kind","steps","date_range"],"additionalProperties":false}
        """;

    public string RawExample => """
        {"type":"funnels","params":{"range":"Last 30 Days","events":[{"event_type":"A","filters":[],"group_by":[]},{"event_type":"B","filters":[],"group_by":[]}],
         "conversionWindow":{"value":7,"unit":"day"},"order":"this_order","countGroup":"User","segments":[{"conditions":[]}]}}
        """;

    public ChartQuery ReadTyped(JsonElement chart, TypedReader read)
    {
        var steps = chart.Items("steps").Select(read.Event).ToArray();
        var window = chart.Field("conversion_window");
        return new FunnelQuery(TypedReader.Name(chart, string.Join(" → ", steps.Select(step => step.Name))), read.Range(chart), read.Segments(chart), read.Groups(chart), steps,
            window.ValueKind == JsonValueKind.Object ? Window(window.Number("value", 1), window.Required("unit")) : TimeSpan.FromDays(30), chart.Text("mode") != "unordered");
    }

    public ChartQuery ReadRaw(string? name, JsonElement parameters, RawReader read)
    {
        var steps = parameters.Items("events").Select(read.Event).ToArray();
        if (steps.Length is < 2 or > 20)
        {
            throw new ToolErrorException("params.events: a funnel has 2 to 20 steps");
        }

        var window = parameters.Field("conversionWindow");
        var length = window.ValueKind == JsonValueKind.Object
            ? Window(window.Number("value", 1), window.Required("unit"))
            : TimeSpan.FromSeconds(parameters.Number("conversionSeconds", 30 * 86_400));
        var ordered = parameters.Text("order") switch
        {
            null or "this_order" => true,
            "any_order" => false,
            _ => throw new ToolErrorException("params.order: Input should be one of this_order, any_order"),
        };
        return new FunnelQuery(name ?? string.Join(" → ", steps.Select(step => step.Name)), read.Range(parameters), read.Segments(parameters), read.Groups(parameters, "groupBy"), steps, length, ordered);
    }

    public void WriteRaw(ChartQuery query, JsonObject parameters)
    {
        var funnel = (FunnelQuery)query;
        parameters["events"] = new JsonArray([.. funnel.Steps.Select(RawWriter.Event)]);
        parameters["conversionSeconds"] = (long)funnel.Window.TotalSeconds;
        parameters["order"] = funnel.IsOrdered ? "this_order" : "any_order";
    }

    public JsonObject Run(Project project, ChartQuery query, ChartLimits limits) =>
        FunnelRendering.Render((FunnelQuery)query, new Funnel(workspace, project).Run((FunnelQuery)query, limits.Groups));

    public static TimeSpan Window(int value, string unit)
    {
        // Counted in seconds first: a TimeSpan of two billion weeks does not exist.
        var seconds = value * unit switch
        {
            "second" => 1L,
            "minute" => 60L,
            "hour" => 3_600L,
            "day" => 86_400L,
            "week" => 604_800L,
            _ => throw new ToolErrorException("conversion_window.unit: Input should be one of second, minute, hour, day, week"),
        };
        return seconds is > 0 and <= 366 * 86_400L ? TimeSpan.FromSeconds(seconds) : throw new ToolErrorException("conversion_window.value: Input should be above 0 and at most a year");
    }
}
