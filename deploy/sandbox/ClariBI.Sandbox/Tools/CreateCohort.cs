using System.Text.Json.Nodes;
using ClariBI.Sandbox.Mcp;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Tools;

internal sealed class CreateCohort : ITool
{
    public Tool Definition { get; } = ToolDefinition.Write("create_cohort", "Creating a cohort", "Creates a cohort from a definition.", """
        {"app_id":{"type":"string"},"name":{"type":"string"},"definition":{"type":"object"}}
        """, "app_id", "name", "definition");

    public Task<JsonNode> InvokeAsync(ToolCall call, CancellationToken cancellationToken) => Task.FromResult<JsonNode>(WriteTool.Refuse(call, "Creating cohorts"));
}
