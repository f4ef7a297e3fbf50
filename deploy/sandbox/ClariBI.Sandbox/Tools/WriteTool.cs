using System.Text.Json.Nodes;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Tools;

/// <summary>Write tools are listed like all others. The sandbox's data is read-only, so no grant gets further than an honest refusal.</summary>
internal static class WriteTool
{
    public static JsonObject Refuse(ToolCall call, string what)
    {
        call.RequireWrite(what);
        throw new ToolErrorException($"{what} is not supported by the sandbox: its data is read-only");
    }
}
