using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Tools;

/// <summary>Chart monitors: the sandbox watches nothing, so there is no alert, and no monitor to be found.</summary>
internal sealed class MonitorTools(Workspace workspace) : IToolFamily
{
    public IEnumerable<InlineTool> Tools =>
    [
        new(ToolDefinition.Mixed("use_amplitude_chart_monitors", "Working with chart monitors", """
            Reads alerts on charts, how a monitor is set up and what it saw, and subscribes people to it.

            WHEN TO USE:
            - To learn whether a chart has moved out of its usual range.

            INSTRUCTIONS:
            - get_alerts lists alerts of a project; the other actions are about the monitor of one chart.
            """, $$"""
            {"action":{"type":"string","enum":["get_alerts","get_config","history","subscribe","unsubscribe","update"],"default":"get_alerts"},
             "chartId":{"type":"string"},"projectId":{{Replies.ProjectId}},"limit":{"type":"integer","minimum":1,"maximum":100,"default":20},"includeUnseen":{"type":"boolean"},"monitorId":{"type":"string"},
             "deliveryMethod":{"type":"string","enum":["email","slack","teams"]},"deliveryChannel":{"type":"string"},"deliveryWorkspaceId":{"type":"string"},"enabled":{"type":"boolean"} }
            """), Use),
    ];

    private JsonObject Use(ToolCall call)
    {
        var action = call.Text("action") ?? "get_alerts";
        if (action is "subscribe" or "unsubscribe" or "update")
        {
            return WriteTool.Refuse(call, "Changing chart monitors");
        }

        var project = call.Project();
        if (call.Text("chartId") is { } chart)
        {
            _ = call.Find(workspace, "chart", chart, item => item.Charts, item => item.Id);
        }

        return action == "get_alerts" && call.Text("monitorId") is null
            ? new() { ["success"] = true, ["projectId"] = project.Id, ["alerts"] = new JsonArray() }
            : throw new ToolErrorException("Chart monitor not found");
    }
}
