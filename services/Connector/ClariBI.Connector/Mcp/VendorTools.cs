using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Connector.Tools;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClariBI.Connector.Mcp;

/// <param name="IsError">The vendor's own <c>isError</c>.</param>
internal sealed record ToolResult(string Text, bool IsError);

/// <summary>Listing and calling tools over an open client, in our own terms.</summary>
internal static class VendorTools
{
    private const int MostPages = 50;
    private const int MostTools = 2000;

    /// <summary>All pages. A cursor that comes back a second time ends the list, and so do the caps.</summary>
    public static async Task<IReadOnlyList<PublishedTool>> ListAsync(McpClient client, CancellationToken cancellationToken)
    {
        var tools = new List<PublishedTool>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? cursor = null;
        for (var page = 0; page < MostPages && tools.Count < MostTools; page++)
        {
            var (result, flawed) = await ToolPages.ReadAsync(client, cursor, cancellationToken);
            tools.AddRange([.. result.Tools.Select(Describe), .. flawed]);
            cursor = result.NextCursor;
            if (cursor is null || !seen.Add(cursor))
            {
                break;
            }
        }

        return [.. tools.Take(MostTools).DistinctBy(tool => tool.Name)];
    }

    public static async Task<ToolResult> CallAsync(McpClient client, string tool, JsonElement arguments, CancellationToken cancellationToken)
    {
        var result = await client.CallToolAsync(
            new CallToolRequestParams
            {
                Name = tool,
                Arguments = arguments.EnumerateObject().ToDictionary(argument => argument.Name, argument => argument.Value, StringComparer.Ordinal),
            },
            cancellationToken);
        var text = string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));
        if (text.Length == 0 && result.StructuredContent is { } structured)
        {
            text = structured.GetRawText();
        }

        // Some servers report an error as the text of a good result.
        return new ToolResult(text, result.IsError == true || text.StartsWith("MCP error", StringComparison.Ordinal));
    }

    private static PublishedTool Describe(Tool tool) => new(
        tool.Name, tool.Title ?? tool.Annotations?.Title, tool.Description, tool.InputSchema,
        tool.Annotations?.ReadOnlyHint, tool.Annotations?.DestructiveHint, AccessLevels(tool.Meta),
        tool.OutputSchema, tool.Annotations?.IdempotentHint, tool.Annotations?.OpenWorldHint);

    private static List<string>? AccessLevels(JsonObject? meta) =>
        meta?["amplitude/accessLevels"] is JsonArray levels
            ? [.. levels.Select(level => level is JsonValue value && value.TryGetValue<string>(out var text) ? text : "?")]
            : null;
}
