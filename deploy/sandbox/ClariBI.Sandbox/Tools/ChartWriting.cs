using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.OAuth;
using ClariBI.Sandbox.Query;

namespace ClariBI.Sandbox.Tools;

/// <summary>Saving, renaming and creating charts.</summary>
internal sealed class ChartWriting(SavedCharts charts, ChartReading reading, Additions additions, Workspace workspace) : IToolFamily
{
    public IEnumerable<InlineTool> Tools =>
    [
        new(ToolDefinition.Write("save_chart_edits", "Saving chart edits", """
            Saves unsaved charts under a name.

            WHEN TO USE:
            - When the user wants to keep a chart that a query made.

            INSTRUCTIONS:
            - editId is what the query's reply called chartEditId or editId.
            """, """
            {"charts":{"type":"array","minItems":1,"maxItems":50,"items":{"type":"object","properties":{"editId":{"type":"string"},"name":{"type":"string"},"description":{"type":"string"}},"required":["editId","name"],"additionalProperties":false}},
             "destination":{"anyOf":[
               {"type":"object","properties":{"kind":{"type":"string","const":"personal"}},"required":["kind"],"additionalProperties":false},
               {"type":"object","properties":{"kind":{"type":"string","const":"space"},"spaceId":{"type":"string"},"publish":{"type":"boolean","default":true},"notify":{"type":"boolean","default":true}},"required":["kind","spaceId"],"additionalProperties":false}]}}
            """, "charts"), Save),
        new(ToolDefinition.Write("rename_chart", "Renaming a chart", """
            Changes the name of a saved chart, and its description where one is given.

            WHEN TO USE:
            - When the user asks for another name.
            """, """
            {"chartId":{"type":"string"},"name":{"type":"string"},"description":{"type":"string"}}
            """, "chartId", "name"), Rename),
        new(ToolDefinition.Write("create_chart", "Creating a chart", """
            Saves a chart from a raw definition.

            WHEN TO USE:
            - When the user wants a new saved chart and the definition is known to work: try it with query_dataset first.
            """, $$"""
            {"projectId":{{Replies.ProjectId}},"definition":{"type":"object","description":"{app, type, name, params}"},"name":{"type":"string"},"description":{"type":"string"} }
            """, "projectId", "definition"), Create),
    ];

    private JsonObject Save(ToolCall call)
    {
        var wanted = call.Arguments.GetProperty("charts").EnumerateArray().Select(item => (Edit: charts.FindEdit(call, item.Required("editId")), Name: item.Required("name"), Description: item.Text("description"))).ToArray();
        return new()
        {
            ["success"] = true,
            ["charts"] = wanted.Select(item => Keep(call, item.Edit.ProjectId, new(Secrets.ShortId(), item.Name) { Description = item.Description, Owner = call.Grant.ClientName, Definition = item.Edit.Definition })).List(),
        };
    }

    private JsonObject Rename(ToolCall call)
    {
        var (project, chart) = call.Find(workspace, "chart", call.Text("chartId")!, project => project.Charts, chart => chart.Id);
        var renamed = chart with { Name = call.Text("name")!, Description = call.Text("description") ?? chart.Description };
        additions.Change(call.Organisation, project.Id, current => current with { Charts = [.. current.Charts.Select(item => item.Id == chart.Id ? renamed : item)] });
        return new() { ["success"] = true, ["chartId"] = chart.Id, ["name"] = renamed.Name, ["description"] = renamed.Description, ["url"] = call.Link("chart", chart.Id) };
    }

    private JsonObject Create(ToolCall call)
    {
        var project = call.Project();
        var definition = call.Arguments.GetProperty("definition");
        var query = reading.Read(project, definition, isTyped: false);
        return Keep(call, project.Id, new(Secrets.ShortId(), call.Text("name") ?? query.Name)
        {
            Description = call.Text("description"),
            Owner = call.Grant.ClientName,
            Definition = JsonNode.Parse(definition.GetRawText())!.AsObject(),
        });
    }

    private JsonObject Keep(ToolCall call, string projectId, SavedChart chart)
    {
        additions.Add(call.Organisation, projectId, chart);
        return new() { ["success"] = true, ["chartId"] = chart.Id, ["name"] = chart.Name, ["projectId"] = projectId, ["url"] = call.Link("chart", chart.Id) };
    }
}
