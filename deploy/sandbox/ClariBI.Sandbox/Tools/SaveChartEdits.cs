using System.Text.Json.Nodes;
using ClariBI.Sandbox.Mcp;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Tools;

internal sealed class SaveChartEdits : ITool
{
    public Tool Definition { get; } = ToolDefinition.Write("save_chart_edits", "Saving chart edits", "Saves unsaved charts under a name.", """
        {"charts":{"type":"array","minItems":1,"items":{"type":"object","properties":{"editId":{"type":"string"},"name":{"type":"string"},"description":{"type":"string"}},"required":["editId","name"],"additionalProperties":false}},"destination":{"type":"object"}}
        """, "charts");

    public Task<JsonNode> InvokeAsync(ToolCall call, CancellationToken cancellationToken) => Task.FromResult<JsonNode>(WriteTool.Refuse(call, "Saving charts"));
}
