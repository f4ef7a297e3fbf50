using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query;

namespace ClariBI.Sandbox.Tools;

/// <summary>Reads saved charts and unsaved edits in the forms a tool can ask for.</summary>
internal sealed class SavedCharts(ChartRunner runner, ChartKinds kinds, ChartReading reading, ChartEdits edits, Workspace workspace)
{
    /// <summary>One result per id; an error only when none could be read.</summary>
    public JsonObject Read(ToolCall call, string include, string[] charts, string[] unsaved)
    {
        JsonObject[] results = [.. charts.Select(id => Try("chartId", id, () => Saved(call, id, include))), .. unsaved.Select(id => Try("chartEditId", id, () => Edit(call, id)))];
        var failed = results.Count(result => !result["success"]!.GetValue<bool>());
        if (failed == results.Length)
        {
            throw new ToolErrorException(results[0]["error"]!.GetValue<string>());
        }

        return new()
        {
            ["success"] = true,
            ["totalRequested"] = results.Length,
            ["successfulCount"] = results.Length - failed,
            ["failedCount"] = failed,
            ["results"] = results.List(),
        };
    }

    public JsonObject Saved(ToolCall call, string id, string include)
    {
        var (project, chart) = call.Find(workspace, "chart", id, project => project.Charts, chart => chart.Id);
        var result = new JsonObject { ["chartId"] = id, ["name"] = chart.Name, ["projectId"] = project.Id, ["url"] = call.Link("chart", id) };
        switch (include)
        {
            case "typed":
                result["chart"] = Typed(chart);
                break;
            case "definition":
                result["definition"] = Definition(project, chart);
                break;
            case "data":
                AddData(call, project, reading.Read(project, chart), result);
                break;
        }

        return result;
    }

    public JsonObject Definition(Project project, SavedChart chart) => chart.Definition?.DeepClone().AsObject() ?? kinds.Definition(project, reading.Read(project, chart));

    public ChartEdit FindEdit(ToolCall call, string id) =>
        edits.Find(id) is { } edit && call.Organisation.Projects.Any(project => project.Id == edit.ProjectId) ? edit : throw new ToolErrorException("Chart edit not found or inaccessible");

    private JsonObject Edit(ToolCall call, string id)
    {
        var edit = FindEdit(call, id);
        var project = call.Organisation.Projects.First(project => project.Id == edit.ProjectId);
        var result = new JsonObject { ["chartEditId"] = id, ["name"] = edit.Name, ["projectId"] = project.Id };
        AddData(call, project, edit.Query, result);
        return result;
    }

    private void AddData(ToolCall call, Project project, ChartQuery query, JsonObject result)
    {
        var data = runner.Run(project, query, new(call.Number("groupByLimit", 10), call.Number("timeSeriesLimit", 6), call.Flag("excludeIncompleteDatapoints")));
        result["definition"] = data["definition"]!.DeepClone();
        data.Remove("definition");
        result["data"] = data;
        result["metadata"] = ChartReading.Metadata(project, query);
        if (call.Texts("includeAdditionalInfo").Contains("chartConfig"))
        {
            result["chartConfig"] = new JsonObject { ["vis"] = call.Text("vis") ?? "line", ["theme"] = call.Text("theme") ?? "light" };
        }
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
}
