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
         "measured_as":{"type":"object","properties":{"as":{"type":"string","enum":["unique_users","event_totals","active_pct","avg_per_user","frequency","formula","property_sum","property_avg","property_min","property_max","property_median","property_count"],"default":"unique_users"},
           "as_":{"type":"string","description":"As emitted by typed reads; ignored here"},
           "formula":{"type":"string","description":"UNIQUES(A), TOTALS(A), AVG(A), PROPSUM(A), PROPAVG(A), PROPMIN(A), PROPMAX(A) with + - * / and parentheses"} },"additionalProperties":false},
         {{ChartSchema.Common}} },"required":["kind","events","date_range"],"additionalProperties":false}
        """;

    public string RawExample => """
        {"type":"eventsSegmentation","params":{"range":"Last 30 Days","events":[{"event_type":"A","filters":[],"group_by":[]}],"metric":"uniques","groupBy":[{"type":"user","value":"platform"}],
         "interval":1,"countGroup":"User","segments":[{"conditions":[]}]}}
        """;

    public ChartQuery ReadTyped(JsonElement chart, TypedReader read)
    {
        var events = chart.Items("events").Select(read.Event).ToArray();
        var measured = chart.Field("measured_as");

        // Typed reads name this field as_, which queries ignore, exactly as the hosted server does.
        var (metric, formula) = (ReadMetric(measured.Text("as") ?? "unique_users"), measured.Text("formula"));
        return Build(TypedReader.Name(chart, string.Join(", ", events.Select(item => item.Name))), read.Range(chart), read.Segments(chart), read.Groups(chart), events, metric, formula);
    }

    public ChartQuery ReadRaw(string? name, JsonElement parameters, RawReader read)
    {
        var events = parameters.Items("events").Select(read.Event).ToArray();
        var metric = parameters.Text("metric") switch
        {
            null or "uniques" => Metric.Uniques,
            "totals" => Metric.Totals,
            "average" => Metric.Average,
            "pct_dau" => Metric.ActivePercent,
            "frequency" => Metric.Frequency,
            "sums" => Metric.PropertySum,
            "value_avg" => Metric.PropertyAverage,
            "value_min" => Metric.PropertyMin,
            "value_max" => Metric.PropertyMax,
            "value_median" => Metric.PropertyMedian,
            "value_count" => Metric.PropertyCount,
            "formula" => Metric.Formula,
            _ => throw new ToolErrorException("params.metric: Input should be one of uniques, totals, average, pct_dau, frequency, sums, value_avg, formula"),
        };
        return Build(name ?? string.Join(", ", events.Select(item => item.Name)), read.Range(parameters), read.Segments(parameters), read.Groups(parameters, "groupBy"), events, metric, parameters.Text("formula"));
    }

    public void WriteRaw(ChartQuery query, JsonObject parameters)
    {
        var segmentation = (SegmentationQuery)query;
        parameters["events"] = new JsonArray([.. segmentation.Events.Select(RawWriter.Event)]);
        parameters["metric"] = MetricName(segmentation.Metric);
        parameters["formula"] = segmentation.Formula;
    }

    public JsonObject Run(Project project, ChartQuery query, ChartLimits limits)
    {
        var segmentation = (SegmentationQuery)query;
        string[] labels = segmentation.Metric == Metric.Frequency ? ["Times"] : [];
        return CsvRendering.Render(query, new Segmentation(workspace, project).Run(segmentation), limits, labels);
    }

    /// <summary>An event's own group-bys group the chart, except the one that a property metric measures.</summary>
    public static SegmentationQuery Build(string name, DateRange range, Segment[] segments, GroupKey[] groups, EventRef[] events, Metric metric, string? formula)
    {
        if (events.Length == 0)
        {
            throw new ToolErrorException("events: Array should have at least 1 items");
        }

        if (metric == Metric.Formula && formula is null)
        {
            throw new ToolErrorException("measured_as.formula: Field required");
        }

        var leaves = metric == Metric.Formula ? Formula.Parse(formula!, events.Length).Leaves : [.. events.Select((_, index) => new FormulaLeaf(metric, index))];
        var measuring = leaves.Where(leaf => IsOfProperty(leaf.Metric)).Select(leaf => leaf.Event).ToHashSet();
        foreach (var index in measuring.Where(index => events[index].GroupBy.Length == 0))
        {
            throw new ToolErrorException($"events.{index}.group_by: Field required: the first property of the event's group_by is the one measured");
        }

        var own = events.SelectMany((item, index) => item.GroupBy.Skip(measuring.Contains(index) ? 1 : 0));
        GroupKey[] all = [.. groups.Concat(own).Distinct()];
        if (all.Length > 2)
        {
            throw new ToolErrorException("group_by: at most 2 properties");
        }

        EventRef[] measured = [.. events.Select((item, index) => item with { GroupBy = measuring.Contains(index) ? [item.GroupBy[0]] : [] })];
        return new(name, range, segments, all, measured, metric, formula);
    }

    private static string MetricName(Metric metric) => metric switch
    {
        Metric.Uniques => "uniques",
        Metric.Totals => "totals",
        Metric.Average => "average",
        Metric.ActivePercent => "pct_dau",
        Metric.Frequency => "frequency",
        Metric.PropertySum => "sums",
        Metric.PropertyAverage => "value_avg",
        Metric.Formula => "formula",
        Metric.PropertyMin => "value_min",
        Metric.PropertyMax => "value_max",
        Metric.PropertyMedian => "value_median",
        Metric.PropertyCount => "value_count",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Metric ReadMetric(string name) => name switch
    {
        "unique_users" => Metric.Uniques,
        "event_totals" => Metric.Totals,
        "avg_per_user" => Metric.Average,
        "active_pct" => Metric.ActivePercent,
        "frequency" => Metric.Frequency,
        "property_sum" => Metric.PropertySum,
        "property_avg" => Metric.PropertyAverage,
        "property_min" => Metric.PropertyMin,
        "property_max" => Metric.PropertyMax,
        "property_median" => Metric.PropertyMedian,
        "property_count" => Metric.PropertyCount,
        "formula" => Metric.Formula,
        _ => throw new ToolErrorException($"measured_as.as: {name} is not supported"),
    };

    public static bool IsOfProperty(Metric metric) => metric is >= Metric.PropertySum and <= Metric.PropertyCount;
}
