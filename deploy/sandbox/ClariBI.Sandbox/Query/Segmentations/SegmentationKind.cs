using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query.Reading;

namespace ClariBI.Sandbox.Query.Segmentations;

internal sealed class SegmentationKind(Workspace workspace) : IChartKind
{
    public string? Typed => "segmentation";

    public string Raw => "eventsSegmentation";

    public Type Query => typeof(SegmentationQuery);

    public string? TypedSchema => $$"""
        {"type":"object","properties":{"kind":{"type":"string","const":"segmentation"},
         "events":{"type":"array","minItems":1,"maxItems":10,"items":{{ChartSchema.Event}} },
         "measured_as":{"type":"object","properties":{"as":{"type":"string","enum":[{{Metrics.TypedSchema}}],"default":"unique_users"},
           "as_":{"type":"string","description":"As emitted by typed reads; ignored here"},
           "formula":{"type":"string","description":"UNIQUES(A), TOTALS(A), AVG(A), ACTIVE(A), PROPSUM(A), PROPAVG(A), PROPMIN(A), PROPMAX(A), PROPMEDIAN(A), PROPCOUNT(A) with + - * / and parentheses"},
           "histogram_bin":{"type":"object","properties":{"min":{"type":"number"},"max":{"type":"number"},"size":{"type":"number"} },"required":["min","max","size"],"additionalProperties":false} },"additionalProperties":false},
         "count_unique_by":{"type":"string","default":"User"},
         "rolling_window":{"type":"integer","minimum":1,"maximum":366,"description":"Number of intervals a value looks at"},
         "cumulative":{"type":"boolean","default":false},
         "period_over_period":{"type":"string","enum":["period","parent","grandparent","quarter"]},
         {{ChartSchema.Common}} },"required":["kind","events","date_range"],"additionalProperties":false}
        """;

    public string RawExample => """
        {"type":"eventsSegmentation","params":{"range":"Last 30 Days","events":[{"event_type":"A","filters":[],"group_by":[]}],"metric":"uniques","groupBy":[{"type":"user","value":"platform"}],
         "interval":1,"countGroup":"User","segments":[{"conditions":[]}]}}
        """;

    public string RawParameters => $$"""
        {"events":"1 to 10 of {event_type, filters: [{subprop_type, subprop_key, subprop_op, subprop_value}], group_by: [{type, value}]}; property metrics measure the first group_by of the event",
         "metric":[{{Metrics.RawSchema}}],"formula":"with metric formula: UNIQUES(A), TOTALS(B) and the like, + - * / and parentheses","histogramBin":"{min, max, size}",
         "rollingWindow":"1 to 366 intervals","rollingAverage":"1 to 366 intervals","cumulative":[true,false],"periodOverPeriod":["period","parent","grandparent","quarter"]}
        """;

    public ChartQuery ReadTyped(JsonElement chart, TypedReader read)
    {
        var measured = chart.Field("measured_as");
        if (chart.Text("count_unique_by") is { } unit)
        {
            Scopes.CheckGroup(unit, unit);
        }

        // Typed reads name this field as_, which queries ignore, exactly as the hosted server does.
        var events = chart.Items("events").Select(read.Event).ToArray();
        return SegmentationBuilding.Build(new(TypedReader.Name(chart, Name(events)), read.Range(chart), read.Segments(chart), read.Groups(chart), events, Metrics.Typed(measured.Text("as")), measured.Text("formula"))
        {
            Window = Window(chart, "rolling_window", "cumulative", null),
            Period = PeriodComparison.Read(chart.Text("period_over_period"), "period_over_period"),
            Bin = Bin(measured.Field("histogram_bin")),
        });
    }

    public ChartQuery ReadRaw(string? name, JsonElement parameters, RawReader read)
    {
        var events = parameters.Items("events").Select(read.Event).ToArray();
        return SegmentationBuilding.Build(new(name ?? Name(events), read.Range(parameters), read.Segments(parameters), read.Groups(parameters, "groupBy"), events, Metrics.Raw(parameters.Text("metric")), parameters.Text("formula"))
        {
            Window = Window(parameters, "rollingWindow", "cumulative", "rollingAverage"),
            Period = PeriodComparison.Read(parameters.Text("periodOverPeriod"), "params.periodOverPeriod"),
            Bin = Bin(parameters.Field("histogramBin")),
        });
    }

    public void WriteRaw(ChartQuery query, JsonObject parameters)
    {
        var segmentation = (SegmentationQuery)query;
        parameters["events"] = new JsonArray([.. segmentation.Events.Select(RawWriter.Event)]);
        parameters["metric"] = Metrics.RawName(segmentation.Metric);
        parameters["formula"] = segmentation.Formula;
        switch (segmentation.Window.Kind)
        {
            case WindowKind.Rolling:
                parameters["rollingWindow"] = segmentation.Window.Length;
                break;
            case WindowKind.RollingAverage:
                parameters["rollingAverage"] = segmentation.Window.Length;
                break;
            case WindowKind.Cumulative:
                parameters["cumulative"] = true;
                break;
        }

        if (segmentation.Period is { } period)
        {
            parameters["periodOverPeriod"] = period.ToString().ToLowerInvariant();
        }

        if (segmentation.Bin is { } bin)
        {
            parameters["histogramBin"] = new JsonObject { ["min"] = bin.Min, ["max"] = bin.Max, ["size"] = bin.Size };
        }
    }

    public JsonObject Run(Project project, ChartQuery query, ChartLimits limits)
    {
        var segmentation = (SegmentationQuery)query;
        string[] labels = segmentation.Metric switch
        {
            Metric.Frequency => ["Times"],
            Metric.Histogram => ["Bin"],
            _ => [],
        };
        return SeriesRendering.Render(query, new Segmentation(workspace, project).Run(segmentation with { Groups = limits.Groups }), limits, labels);
    }

    private static string Name(EventRef[] events) => string.Join(", ", events.Select(item => item.Name));

    private static Window Window(JsonElement chart, string rolling, string cumulative, string? average)
    {
        Window[] given =
        [
            .. Given(chart, rolling, WindowKind.Rolling), .. average is null ? [] : Given(chart, average, WindowKind.RollingAverage),
            .. chart.Flag(cumulative) ? [new(WindowKind.Cumulative, 1)] : Array.Empty<Window>(),
        ];
        return given.Length switch
        {
            0 => new(WindowKind.None, 1),
            1 => given[0],
            _ => throw new ToolErrorException($"{cumulative}: Input should have only one of {string.Join(", ", new[] { rolling, average, cumulative }.OfType<string>())}"),
        };
    }

    private static Window[] Given(JsonElement chart, string field, WindowKind kind) => chart.Number(field, 0) is var length && length != 0 ? [new(kind, length)] : [];

    private static Bin? Bin(JsonElement bin) => bin.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null
        : new(Edge(bin, "min"), Edge(bin, "max"), Edge(bin, "size"));

    private static double Edge(JsonElement bin, string name) => bin.Real(name) ?? throw new ToolErrorException($"histogram_bin.{name}: Field required");
}
