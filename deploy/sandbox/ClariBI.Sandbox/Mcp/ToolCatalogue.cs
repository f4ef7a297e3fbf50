namespace ClariBI.Sandbox.Mcp;

/// <summary>Which tools a connection sees, and which one a name means.</summary>
internal sealed class ToolCatalogue(IEnumerable<ITool> tools)
{
    private readonly ITool[] all = [.. tools.OrderBy(tool => tool.Definition.Name, StringComparer.Ordinal)];

    public IReadOnlyList<ITool> Listed(HttpContext http) => all;

    /// <summary>Null when the profile has no such tool.</summary>
    public ITool? Find(HttpContext http, string name) => Array.Find(all, tool => tool.Definition.Name == name);
}
