using System.Text.Json.Nodes;
using ClariBI.Sandbox.Mcp;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Tools;

internal sealed class RenameChart : ITool
{
    public Tool Definition { get; } = ToolDefinition.Write("rename_chart", "Renaming a chart", "Changes the name and description of a saved chart.", """
        {"chartId":{"type":"string"},"name":{"type":"string"},"description":{"type":"string"}}
        """, "chartId", "name");

    public Task<JsonNode> InvokeAsync(ToolCall call, CancellationToken cancellationToken) => Task.FromResult<JsonNode>(WriteTool.Refuse(call, "Renaming charts"));
}
