using ClariBI.Sandbox.OAuth;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Mcp;

/// <summary>What a call may do: the scopes of the grant, and the permissions of the role of whoever signed in. Every tool is listed all the same.</summary>
internal static class Permissions
{
    /// <summary>
    /// Checks what the definition's access levels can tell. A tool that only writes needs writing, every other one reading; the writing
    /// actions of a tool that does both call <see cref="RequireWrite"/> themselves.
    /// </summary>
    public static void Check(this ToolCall call, Tool definition)
    {
        if (ToolDefinition.AccessLevels(definition) is ["write"])
        {
            call.RequireWrite(definition.Name);
        }
        else
        {
            Require("read", call.Grant.MayRead, call, definition.Name, Scopes.Read);
        }
    }

    /// <summary>Throws unless the grant and the role may write; what is the subject of the sentence.</summary>
    public static void RequireWrite(this ToolCall call, string what) => Require("write", call.Grant.MayWrite, call, what, Scopes.Write);

    private static void Require(string level, bool granted, ToolCall call, string what, string scope)
    {
        if (!call.Account.Mcp.Contains(level))
        {
            throw new ToolErrorException($"Permission denied: your role does not have the \"Use MCP ({level})\" permission");
        }

        if (!granted)
        {
            throw new ToolErrorException($"Permission denied: {what} needs the scope {scope}");
        }
    }
}
