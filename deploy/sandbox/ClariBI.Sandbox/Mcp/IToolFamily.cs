using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Mcp;

/// <summary>Tools over one implementation: the names a capability has in either profile.</summary>
internal interface IToolFamily
{
    IEnumerable<InlineTool> Tools { get; }
}

/// <summary>A definition and what answers it.</summary>
internal sealed record InlineTool(Tool Definition, Func<ToolCall, CancellationToken, Task<JsonNode>> Answer) : ITool
{
    public InlineTool(Tool definition, Func<ToolCall, JsonNode> answer)
        : this(definition, (call, _) => Task.FromResult(answer(call)))
    {
    }

    public Task<JsonNode> InvokeAsync(ToolCall call, CancellationToken cancellationToken) => Answer(call, cancellationToken);
}
