using System.Text.Json.Nodes;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Tools;

/// <summary>
/// Write tools are listed like all others and refused to a grant that may only read. Saving charts, cohorts and dashboards works, in memory;
/// nothing else can be changed.
/// </summary>
internal static class WriteTool
{
    public static JsonObject Refuse(ToolCall call, string what)
    {
        call.RequireWrite(what);
        throw new ToolErrorException($"{what} is not supported by the sandbox: nothing was changed");
    }
}
