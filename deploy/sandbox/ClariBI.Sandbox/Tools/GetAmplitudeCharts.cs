using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Tools;

internal sealed class GetAmplitudeCharts(ChartRunner runner, ChartKinds kinds, ChartReading reading, ChartEdits edits, Workspace workspace) : ITool
{
    public Tool Definition { get; } = ToolDefinition.Read("get_amplitude_charts", "Reading charts", """
        Reads saved charts: their link, their typed form, their raw definition, or their data.

        WHEN TO USE:
        - When a saved chart already answers the question. Find ids with search_amp_entities.

        INSTRUCTIONS:
        - Data mode takes at most 3 charts at once.
        """, """
        {"chartIds":{"type":"array","items":{"type":"string"}},
         "chartEditIds":{"type":"array","items":{"type":"string"},"description":"Unsaved charts, data mode only"},
         "include":{"type":"string","enum":["link","typed","definition","data"],"default":"link"},
         "groupByLimit":{"type":"integer","minimum":1,"maximum":1000,"default":10},
         "timeSeriesLimit":{"type":"integer","minimum":0,"maximum":1000,"default":6},
         "excludeIncompleteDatapoints":{"type":"boolean","default":false},
         "includeAdditionalInfo":{"type":"array","items":{"type":"string","enum":["chartConfig"]}}}
        """);

    public Task<JsonNode> InvokeAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var include = call.Text("include") ?? "link";
        var (charts, unsaved) = (call.Texts("chartIds"), call.Texts("chartEditIds"));
        var asked = charts.Length + unsaved.Length;
        if (asked == 0)
        {
            throw new ToolErrorException("chartIds: Field required");
        }

        if (include == "data" ? asked > 3 : unsaved.Length > 0)
        {
            throw new ToolErrorException(include == "data" ? "At most 3 charts can be read at once in data mode" : "chartEditIds can be read in data mode only");
        }

        JsonObject[] results = [.. charts.Select(id => Try("chartId", id, () => Saved(call, id, include))), .. unsaved.Select(id => Try("chartEditId", id, () => Edit(call, id)))];
        var failed = results.Count(result => !result["success"]!.GetValue<bool>());
        if (failed == results.Length)
        {
            throw new ToolErrorException(results[0]["error"]!.GetValue<string>());
        }

        return Task.FromResult<JsonNode>(new JsonObject
        {
            ["success"] = true,
            ["totalRequested"] = results.Length,
            ["successfulCount"] = results.Length - failed,
            ["failedCount"] = failed,
            ["results"] = new JsonArray([.. results]),
        });
    }

    private static JsonObject Try(string key, string id, Func<JsonObject> read)
    {
        try
        {
            var result = read();
            result.Insert(0, "success", true);
            return result;
        }
        catch (ToolErrorException error)
        {
            return new() { ["success"] = false, [key] = id, ["error"] = error.Message };
        }
    }

    private JsonObject Saved(ToolCall call, string id, string include)
    {
        var (project, chart) = call.Organisation.Projects.SelectMany(project => project.Charts, (project, chart) => (project, chart)).FirstOrDefault(pair => pair.chart.Id == id);
        if (chart is null)
        {
            var elsewhere = workspace.Organisations.SelectMany(organisation => organisation.Projects).Any(project => Array.Exists(project.Charts, chart => chart.Id == id));
            throw new ToolErrorException(elsewhere ? "org_mismatch" : $"NotFoundError: No chart {id}");
        }

        var result = new JsonObject { ["chartId"] = id, ["name"] = chart.Name, ["projectId"] = project.Id, ["url"] = $"{call.Origin}/analytics/{call.Organisation.Id}/chart/{id}" };
        switch (include)
        {
            case "typed":
                result["chart"] = Typed(chart);
                break;
            case "definition":
                result["definition"] = chart.Definition?.DeepClone() ?? kinds.Definition(project, reading.Read(project, chart));
                break;
            case "data":
                Add(call, project, reading.Read(project, chart), result);
                break;
        }

        return result;
    }

    private JsonObject Edit(ToolCall call, string id)
    {
        var edit = edits.Find(id);
        var project = Array.Find(call.Organisation.Projects, project => project.Id == edit?.ProjectId) ?? throw new ToolErrorException("Chart edit not found or inaccessible");
        var result = new JsonObject { ["chartEditId"] = id, ["name"] = edit!.Name, ["projectId"] = project.Id };
        Add(call, project, edit.Query, result);
        return result;
    }

    private void Add(ToolCall call, Project project, ChartQuery query, JsonObject result)
    {
        var data = runner.Run(project, query, new(call.Number("groupByLimit", 10), call.Number("timeSeriesLimit", 6), call.Flag("excludeIncompleteDatapoints")));
        result["definition"] = data["definition"]!.DeepClone();
        data.Remove("definition");
        result["data"] = data;
        result["metadata"] = ChartReading.Metadata(project, query);
    }

    /// <summary>The hosted server writes as_ where queries read as; clients have to know.</summary>
    private static JsonObject Typed(SavedChart chart)
    {
        var typed = chart.Chart?.DeepClone().AsObject() ?? throw new ToolErrorException("This chart has no typed form; read its definition");
        if (typed["measured_as"] is JsonObject measured && measured.Remove("as", out var name))
        {
            measured["as_"] = name;
        }

        return typed;
    }
}
