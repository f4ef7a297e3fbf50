using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query;

namespace ClariBI.Sandbox.Tools;

/// <summary>Saved metrics, and their values when asked for a range.</summary>
internal sealed class MetricTools(ChartRunner runner, ChartReading reading) : IToolFamily
{
    private const int MostMetrics = 10;

    public IEnumerable<InlineTool> Tools =>
    [
        new(ToolDefinition.Open(ToolDefinition.Mixed("use_amplitude_metrics", "Working with metrics", """
            Reads saved metrics, computes them, and creates them, depending on action.

            WHEN TO USE:
            - When the user speaks of a figure that the organisation has defined.

            INSTRUCTIONS:
            - get_metrics lists all metrics of a project, or up to 10 by metricIds.
            - With dateRange, an object as in the date_range of a chart, each metric comes with its values.
            """, $$"""
            {"action":{"type":"string","enum":["get_metrics","create","update","delete"],"default":"get_metrics"},
             "projectId":{{Replies.ProjectId}},"query":{"type":"string"},"metricIds":{"type":"array","items":{"type":"string"},"maxItems":10},
             "dateRange":{"type":"object","properties":{"relative":{"type":"string"},"start":{"anyOf":[{"type":"number"},{"type":"string"}]},"end":{"anyOf":[{"type":"number"},{"type":"string"}]},"timezone":{"type":"string"} },"additionalProperties":false},
             "interval":{"type":"string","enum":["hour","day","week","month","quarter"]} }
            """)), call => (call.Text("action") ?? "get_metrics") == "get_metrics" ? Get(call) : WriteTool.Refuse(call, "Changing metrics")),
    ];

    private JsonObject Get(ToolCall call)
    {
        var project = call.Project();
        var ids = call.Texts("metricIds");
        SavedMetric[] chosen = ids.Length > 0
            ? [.. ids.Distinct().Select(id => Array.Find(project.Metrics, metric => metric.Id == id) ?? throw new ToolErrorException($"NotFoundError: No metric {id}"))]
            : [.. project.Metrics.Where(metric => call.Text("query") is not { } query || Ranking.Score(query, metric.Name, metric.Description) > 0)];
        var withValues = call.Arguments.TryGetProperty("dateRange", out var range);
        if (withValues && chosen.Length > MostMetrics)
        {
            throw new ToolErrorException($"metricIds: Array should have at most {MostMetrics} items");
        }

        return new()
        {
            ["success"] = true,
            ["metrics"] = chosen.Select(metric =>
            {
                var described = new JsonObject
                {
                    ["id"] = metric.Id,
                    ["name"] = metric.Name,
                    ["description"] = metric.Description,
                    ["appId"] = project.Id,
                    ["isOfficial"] = metric.IsOfficial,
                    ["type"] = metric.Chart.Text("kind"),
                    ["chart"] = metric.Chart.DeepClone(),
                };
                if (withValues)
                {
                    described["data"] = Values(call, project, metric, JsonNode.Parse(range.GetRawText())!);
                }

                return described;
            }).List(),
        };
    }

    private JsonObject Values(ToolCall call, Project project, SavedMetric metric, JsonNode range)
    {
        var chart = metric.Chart.DeepClone().AsObject();
        chart["date_range"] = range;
        if (call.Text("interval") is { } interval)
        {
            chart["interval"] = interval;
        }

        var data = runner.Run(project, reading.Read(project, chart.Element(), isTyped: true) with { Name = metric.Name }, new(10, 10, false));
        data.Remove("definition");
        return data;
    }
}
