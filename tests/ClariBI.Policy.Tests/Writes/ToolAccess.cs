using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace ClariBI.Policy.Tests.Writes;

/// <summary>Tells writes from reads in the vendor's own log, by rules of its own that share nothing with the policy.</summary>
internal sealed class ToolAccess(IReadOnlyList<Tool> published)
{
    /// <summary>Everything else that a mixed tool can be told to do counts as a write.</summary>
    private static readonly HashSet<string> ReadingActions = new(StringComparer.Ordinal)
    {
        "get", "list", "find", "analyze", "list_deployments", "get_alerts", "get_config", "history", "get_metrics", "insights", "sources", "trends",
        "comments", "mentions", "membership", "guide", "events", "timeline",
    };

    private readonly Dictionary<string, string[]> levels = published.ToDictionary(
        tool => tool.Name, tool => tool.Meta?["amplitude/accessLevels"]?.AsArray().Select(level => (string)level!).ToArray() ?? ["?"], StringComparer.Ordinal);

    public IEnumerable<string> Writing => levels.Where(pair => pair.Value is ["write"]).Select(pair => pair.Key);

    public IEnumerable<string> Mixed => levels.Where(pair => pair.Value.Length > 1).Select(pair => pair.Key);

    public IEnumerable<string> Reading => levels.Where(pair => pair.Value is ["read"]).Select(pair => pair.Key);

    public bool IsWrite(string tool, JsonElement arguments)
    {
        if (!levels.TryGetValue(tool, out var level) || level is ["write"])
        {
            return true;
        }

        return level.Contains("write") && arguments.ValueKind == JsonValueKind.Object
            && arguments.EnumerateObject().Any(argument => argument.Name.Contains("action", StringComparison.OrdinalIgnoreCase)
                && !(argument.Value.ValueKind == JsonValueKind.String && ReadingActions.Contains(argument.Value.GetString()!)));
    }
}
