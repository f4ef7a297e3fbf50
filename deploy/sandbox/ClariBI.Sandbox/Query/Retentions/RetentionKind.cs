using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Query.Reading;

namespace ClariBI.Sandbox.Query.Retentions;

internal sealed class RetentionKind(Workspace workspace) : IChartKind
{
    public string? Typed => "retention";

    public string Raw => "retention";

    public Type Query => typeof(RetentionQuery);

    public string? TypedSchema => $$"""
        {"type":"object","properties":{"kind":{"type":"string","const":"retention"},
         "start_event":{{ChartSchema.Event}},"return_events":{"type":"array","minItems":1,"maxItems":10,"items":{{ChartSchema.Event}} },
         "retention_method":{"type":"string","enum":["rolling","nday","bracket","nday_or_before"],"default":"rolling"},
         "retention_brackets":{"type":"array","maxItems":30,"items":{"type":"array","minItems":2,"maxItems":2,"items":{"type":"integer"} },"description":"[from, until) in intervals, for bracket"},
         "measured_as":{"type":"object","properties":{"as":{"type":"string","enum":["retention","usage_interval"],"default":"retention"},
           "as_":{"type":"string","description":"As emitted by typed reads; ignored here"} },"additionalProperties":false},
         {{ChartSchema.Common}} },"required":["kind","date_range"],"additionalProperties":false}
        """;

    public string RawExample => """
        {"type":"retention","params":{"range":"Last 30 Days","startEvent":{"event_type":"_new","filters":[]},"retentionEvents":[{"event_type":"_active","filters":[]}],
         "retentionMethod":"bracket","retentionBrackets":[[0,7],[7,14]],"metric":"retention","interval":1,"countGroup":"User","segments":[{"conditions":[]}]}}
        """;

    public string RawParameters => """
        {"startEvent":"{event_type, filters, group_by}; _new unless given","retentionEvents":"[{event_type, filters}]; _active unless given","retentionMethod":["rolling","nday","bracket","nday_or_before"],
         "retentionBrackets":"[[from, until]] in intervals, for bracket","metric":["retention","usage_interval"],"interval":[1,7,30]}
        """;

    public ChartQuery ReadTyped(JsonElement chart, TypedReader read)
    {
        var start = OptionalEvent.Read(chart, "start_event", read.Event, "_new");
        var returns = chart.Items("return_events").Select(read.Event).DefaultIfEmpty(new("_active", [], [])).ToArray();
        var method = RetentionReading.Method("retention_method", chart.Text("retention_method"));
        return new RetentionQuery(TypedReader.Name(chart, "Retention"), RetentionIntervals.Checked(read.Range(chart)), read.Segments(chart), RetentionReading.Groups(read.Groups(chart), start, "return_events", returns), start)
        {
            Returns = returns,
            Method = method,
            Brackets = RetentionReading.Brackets(chart, "retention_brackets", method),

            // Typed reads name this field as_, which queries ignore, exactly as the hosted server does.
            IsUsageInterval = RetentionReading.IsUsageInterval("measured_as.as", chart.Field("measured_as").Text("as")),
        };
    }

    public ChartQuery ReadRaw(string? name, JsonElement parameters, RawReader read)
    {
        var start = OptionalEvent.Read(parameters, "startEvent", read.Event, "_new");
        var returns = parameters.Items("retentionEvents").Select(read.Event).DefaultIfEmpty(new("_active", [], [])).ToArray();
        var method = RetentionReading.Method("params.retentionMethod", parameters.Text("retentionMethod"));
        return new RetentionQuery(name ?? "Retention", RetentionIntervals.Checked(read.Range(parameters)), read.Segments(parameters), RetentionReading.Groups(read.Groups(parameters, "groupBy"), start, "retentionEvents", returns), start)
        {
            Returns = returns,
            Method = method,
            Brackets = RetentionReading.Brackets(parameters, "retentionBrackets", method),
            IsUsageInterval = RetentionReading.IsUsageInterval("params.metric", parameters.Text("metric")),
        };
    }

    public void WriteRaw(ChartQuery query, JsonObject parameters)
    {
        var retention = (RetentionQuery)query;
        parameters["startEvent"] = RawWriter.Event(retention.Start);
        parameters["retentionEvents"] = new JsonArray([.. retention.Returns.Select(RawWriter.Event)]);
        parameters["retentionMethod"] = RetentionReading.Method(retention.Method);
        parameters["retentionBrackets"] = new JsonArray([.. retention.Brackets.Select(bracket => new JsonArray(bracket.From, bracket.Until))]);
        parameters["metric"] = retention.IsUsageInterval ? "usage_interval" : "retention";
    }

    public JsonObject Run(Project project, ChartQuery query, ChartLimits limits)
    {
        var retention = (RetentionQuery)query;
        return retention.IsUsageInterval
            ? RetentionRendering.Render(new UsageIntervals(workspace, project).Run(retention, limits.Groups))
            : RetentionRendering.Render(retention, new Retention(workspace, project).Run(retention, limits.Groups));
    }
}
