using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Query.Reading;

namespace ClariBI.Sandbox.Query.Funnels;

internal sealed class FunnelKind(Workspace workspace) : IChartKind
{
    private const string Property = $$"""{"anyOf":[{{ChartSchema.GroupKey}},{"type":"string"}]}""";

    public string? Typed => "funnel";

    public string Raw => "funnels";

    public Type Query => typeof(FunnelQuery);

    public string? TypedSchema => $$"""
        {"type":"object","properties":{"kind":{"type":"string","const":"funnel"},
         "steps":{"type":"array","minItems":2,"maxItems":20,"items":{{ChartSchema.Event}} },
         "conversion_window":{"type":"object","properties":{"value":{"type":"integer","minimum":1},"unit":{"type":"string","enum":["second","minute","hour","day","week"]} },"required":["value","unit"],"additionalProperties":false},
         "mode":{"type":"string","enum":["ordered","unordered","sequential"],"default":"ordered"},
         "measured_as":{"type":"object","properties":{"as":{"type":"string","enum":["conversion","conversion_over_time","time_to_convert","time_to_convert_over_time","step_count"],"default":"conversion"},
           "as_":{"type":"string","description":"As emitted by typed reads; ignored here"} },"additionalProperties":false},
         "hold_property":{{Property}},
         "constant_properties":{"type":"array","maxItems":10,"items":{{Property}},"description":"Properties whose values have to stay those of the first step"},
         "excluded_events":{"type":"array","maxItems":20,"items":{"type":"object","properties":{"event":{"type":"string"},"where":{{ChartSchema.Where}},"step_index":{"type":"integer","minimum":-1,"maximum":18,"default":-1,"description":"Not between this step (from 0) and the next; -1 is between any two"} },"required":["event"],"additionalProperties":false} },
         "trans_time_percentiles":{"type":"array","maxItems":20,"items":{"type":"number","minimum":0,"maximum":100} },
         {{ChartSchema.Common}} },"required":["kind","steps","date_range"],"additionalProperties":false}
        """;

    public string RawExample => """
        {"type":"funnels","params":{"range":"Last 30 Days","events":[{"event_type":"A","filters":[],"group_by":[]},{"event_type":"B","filters":[],"group_by":[]}],
         "conversionWindow":{"value":7,"unit":"day"},"order":"this_order","metric":"conversion","holdProperty":{"type":"event","value":"cart_id"},"constantProperties":[],
         "excludedEvents":[{"event_type":"C","filters":[],"step_index":-1}],"transTimePercentiles":[25,75,90,95,99],"countGroup":"User","segments":[{"conditions":[]}]}}
        """;

    public string RawParameters => """
        {"events":"2 to 20 of {event_type, filters, group_by}; only the first one may have a group_by","conversionWindow":"{value, unit}: unit second, minute, hour, day or week","conversionSeconds":"the window in seconds, where conversionWindow is left out",
         "order":["this_order","any_order","exact_order"],"metric":["conversion","conversion_over_time","time_to_convert","time_to_convert_over_time","step_count"],
         "holdProperty":"{type, value}","constantProperties":"[{type, value}]","excludedEvents":"[{event_type, filters, step_index}]; -1 is between any two steps","transTimePercentiles":"numbers from 0 to 100"}
        """;

    public ChartQuery ReadTyped(JsonElement chart, TypedReader read)
    {
        var steps = chart.Items("steps").Select(read.Event).ToArray();
        return new FunnelQuery(TypedReader.Name(chart, Title(steps)), read.Range(chart), read.Segments(chart), FunnelReading.Groups("steps", read.Groups(chart), steps), steps)
        {
            Window = FunnelReading.Window(chart, "conversion_window"),
            Order = FunnelReading.Mode(chart.Text("mode")),

            // Typed reads name this field as_, which queries ignore, exactly as the hosted server does.
            Measure = FunnelReading.Measure("measured_as.as", chart.Field("measured_as").Text("as")),
            Constant = FunnelReading.Constant(chart, read),
            Excluded = FunnelReading.Excluded(chart, "excluded_events", read.Event, steps.Length),
            Percentiles = FunnelReading.Percentiles(chart, "trans_time_percentiles"),
        };
    }

    public ChartQuery ReadRaw(string? name, JsonElement parameters, RawReader read)
    {
        var steps = parameters.Items("events").Select(read.Event).ToArray();
        return new FunnelQuery(name ?? Title(steps), read.Range(parameters), read.Segments(parameters), FunnelReading.Groups("params.events", read.Groups(parameters, "groupBy"), steps), steps)
        {
            Window = FunnelReading.Window(parameters, "conversionWindow"),
            Order = FunnelReading.Order(parameters.Text("order")),
            Measure = FunnelReading.Measure("params.metric", parameters.Text("metric")),
            Constant = FunnelReading.Constant(parameters, read),
            Excluded = FunnelReading.Excluded(parameters, "excludedEvents", read.Event, steps.Length),
            Percentiles = FunnelReading.Percentiles(parameters, "transTimePercentiles"),
        };
    }

    public void WriteRaw(ChartQuery query, JsonObject parameters)
    {
        var funnel = (FunnelQuery)query;
        parameters["events"] = new JsonArray([.. funnel.Steps.Select(RawWriter.Event)]);
        parameters["conversionSeconds"] = (long)funnel.Window.TotalSeconds;
        parameters["order"] = FunnelReading.Order(funnel.Order);
        parameters["metric"] = FunnelReading.Measure(funnel.Measure);
        parameters["constantProperties"] = RawWriter.Groups(funnel.Constant);
        parameters["excludedEvents"] = new JsonArray([.. funnel.Excluded.Select(Excluded)]);
        parameters["transTimePercentiles"] = new JsonArray([.. funnel.Percentiles.Select(percent => JsonValue.Create(percent))]);
    }

    public JsonObject Run(Project project, ChartQuery query, ChartLimits limits) =>
        FunnelRendering.Render((FunnelQuery)query, new Funnel(workspace, project).Run((FunnelQuery)query, limits.Groups));

    private static string Title(EventRef[] steps) => string.Join(" → ", steps.Select(step => step.Name));

    private static JsonObject Excluded(ExcludedEvent excluded)
    {
        var written = RawWriter.Event(excluded.Event);
        written["step_index"] = excluded.After;
        return written;
    }
}
