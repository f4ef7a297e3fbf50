using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
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
         "retention_method":{"type":"string","enum":["rolling","nday","bracket"],"default":"rolling"},
         "retention_brackets":{"type":"array","maxItems":30,"items":{"type":"array","minItems":2,"maxItems":2,"items":{"type":"integer"} } },
         "measured_as":{"type":"object","properties":{"as":{"type":"string","enum":["retention"]},"as_":{"type":"string"} },"additionalProperties":false},
         {{ChartSchema.Common}} },"required":["kind","date_range"],"additionalProperties":false}
        """;

    public string RawExample => """
        {"type":"retention","params":{"range":"Last 30 Days","startEvent":{"event_type":"_new","filters":[]},"retentionEvents":[{"event_type":"_active","filters":[]}],
         "retentionMethod":"nday","interval":1,"countGroup":"User","segments":[{"conditions":[]}]}}
        """;

    public ChartQuery ReadTyped(JsonElement chart, TypedReader read)
    {
        var start = chart.Field("start_event");
        var returns = chart.Items("return_events").Select(read.Event).DefaultIfEmpty(new("_active", [], [])).ToArray();
        var method = ReadMethod(chart.Text("retention_method") ?? "rolling");
        return new RetentionQuery(TypedReader.Name(chart, "Retention"), read.Range(chart), read.Segments(chart), read.Groups(chart), start.ValueKind == JsonValueKind.Object ? read.Event(start) : new("_new", [], []), returns, method, Brackets(chart, "retention_brackets", method));
    }

    public ChartQuery ReadRaw(string? name, JsonElement parameters, RawReader read)
    {
        var start = parameters.Field("startEvent");
        var returns = parameters.Items("retentionEvents").Select(read.Event).DefaultIfEmpty(new("_active", [], [])).ToArray();
        var method = ReadMethod(parameters.Text("retentionMethod") ?? "rolling");
        return new RetentionQuery(name ?? "Retention", read.Range(parameters), read.Segments(parameters), read.Groups(parameters, "groupBy"), start.ValueKind == JsonValueKind.Object ? read.Event(start) : new("_new", [], []), returns, method,
            Brackets(parameters, "retentionBrackets", method));
    }

    public void WriteRaw(ChartQuery query, JsonObject parameters)
    {
        var retention = (RetentionQuery)query;
        parameters["startEvent"] = RawWriter.Event(retention.Start);
        parameters["retentionEvents"] = new JsonArray([.. retention.Returns.Select(RawWriter.Event)]);
        parameters["retentionMethod"] = retention.Method.ToString().ToLowerInvariant();
        parameters["retentionBrackets"] = new JsonArray([.. retention.Brackets.Select(bracket => new JsonArray(bracket.From, bracket.Until))]);
    }

    public JsonObject Run(Project project, ChartQuery query, ChartLimits limits) =>
        RetentionRendering.Render((RetentionQuery)query, new Retention(workspace, project).Run((RetentionQuery)query, limits.Groups));

    public static RetentionMethod ReadMethod(string method) => method switch
    {
        "rolling" => RetentionMethod.Rolling,
        "nday" => RetentionMethod.NDay,
        "bracket" => RetentionMethod.Bracket,
        _ => throw new ToolErrorException("retention_method: Input should be one of rolling, nday, bracket"),
    };

    public static (int From, int Until)[] Brackets(JsonElement chart, string name, RetentionMethod method)
    {
        var brackets = chart.Items(name).Select(pair => pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2 && pair[0].TryGetInt32(out var from) && pair[1].TryGetInt32(out var until) && from >= 0 && until > from && until <= 1000
            ? (from, until)
            : throw new ToolErrorException($"{name}: each bracket is [from, until] with 0 <= from < until")).ToArray();
        return method == RetentionMethod.Bracket && brackets.Length == 0 ? throw new ToolErrorException($"{name}: Field required") : brackets;
    }
}
