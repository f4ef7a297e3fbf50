using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Tools;

internal sealed class QueryAmplitudeData(ChartRunner runner, ChartKinds kinds, ChartReading reading, ChartEdits edits) : ITool
{
    public Tool Definition { get; } = ToolDefinition.Read("query_amplitude_data", "Querying data", """
        Computes a chart that need not be saved. Give exactly one of chart (typed) and definition (raw).

        WHEN TO USE:
        - To answer a question with numbers, after the event and property names have been looked up.

        INSTRUCTIONS:
        - Property metrics (property_sum and the like) measure the first property of the event's group_by.
        - timeSeriesLimit 0 gives totals only: for unique users these are de-duplicated over the whole range.
        """, $$"""
        {"projectId":{"anyOf":[{"type":"string"},{"type":"integer"}],"description":"Project to query"},
         "chart":{{kinds.TypedSchema}},
         "definition":{"type":"object","description":"Raw definition {type, params}"},
         "chartId":{"type":"string","description":"Saved chart whose parameters are the defaults"},
         "groupByLimit":{"type":"integer","minimum":1,"maximum":1000,"default":10},
         "timeSeriesLimit":{"type":"integer","minimum":0,"maximum":1000,"default":3},
         "excludeIncompleteDatapoints":{"type":"boolean","default":false},
         "includeAdditionalInfo":{"type":"array","items":{"type":"string","enum":["chartConfig"]} } }
        """, "projectId");

    public Task<JsonNode> InvokeAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var project = call.Project();
        var chart = call.Arguments.Field("chart");
        var definition = call.Arguments.Field("definition");
        if (chart.ValueKind == JsonValueKind.Object == (definition.ValueKind == JsonValueKind.Object))
        {
            throw new ToolErrorException("Give exactly one of chart and definition");
        }

        var isTyped = chart.ValueKind == JsonValueKind.Object;
        var given = isTyped ? chart : definition;
        if (definition.Text("app") is { } app && app != project.Id)
        {
            throw new ToolErrorException($"definition.app: Input should be {project.Id}, the projectId");
        }

        var query = reading.Read(project, call.Text("chartId") is { } parent ? reading.WithParent(project, parent, given, isTyped) : given, isTyped);
        return Task.FromResult<JsonNode>(Reply(call, project, query));
    }

    private JsonObject Reply(ToolCall call, Project project, ChartQuery query)
    {
        var data = runner.Run(project, query, new(call.Number("groupByLimit", 10), call.Number("timeSeriesLimit", 3), call.Flag("excludeIncompleteDatapoints")));
        var edit = edits.Add(project.Id, query, data["definition"]!.AsObject());
        return new()
        {
            ["success"] = true,
            ["shouldRenderUI"] = true,
            ["data"] = data,
            ["metadata"] = ChartReading.Metadata(project, query),
            ["chartEditId"] = edit,
            ["chartEditUrl"] = $"Edit Chart: [Open in Amplitude]({call.Origin}/analytics/{call.Organisation.Id}/chart/new/{edit})",
        };
    }
}
