using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Connector.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClariBI.Connector.Mcp;

/// <summary>
/// One page of <c>tools/list</c>. The SDK gives up on the whole page for one tool whose schema is no schema; then the page is
/// read here, tool by tool, and that one is set aside with the reason.
/// </summary>
internal static class ToolPages
{
    /// <returns>The page as the SDK knows it, and what it would not take.</returns>
    public static async Task<(ListToolsResult Page, IReadOnlyList<PublishedTool> Flawed)> ReadAsync(
        McpClient client, string? cursor, CancellationToken cancellationToken)
    {
        try
        {
            var page = await client.ListToolsAsync(new ListToolsRequestParams { Cursor = cursor }, cancellationToken);
            return page.Tools is null || page.Tools.Any(tool => tool is null) ? await ReadEachAsync(client, cursor, cancellationToken) : (page, []);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return await ReadEachAsync(client, cursor, cancellationToken);
        }
    }

    private static async Task<(ListToolsResult Page, IReadOnlyList<PublishedTool> Flawed)> ReadEachAsync(
        McpClient client, string? cursor, CancellationToken cancellationToken)
    {
        var parameters = new JsonObject();
        if (cursor is not null)
        {
            parameters["cursor"] = cursor;
        }

        var response = await client.SendRequestAsync(new JsonRpcRequest { Method = RequestMethods.ToolsList, Params = parameters }, cancellationToken);
        if (response.Result is not JsonObject page || page["tools"] is not JsonArray tools)
        {
            throw new JsonException("The server's list of tools is not one.");
        }

        var (good, flawed) = (new List<Tool>(), new List<PublishedTool>());
        foreach (var tool in tools.OfType<JsonObject>())
        {
            if (Read(tool) is { } read)
            {
                good.Add(read);
            }
            else if (Text(tool, "name") is { } name)
            {
                flawed.Add(new PublishedTool(name, null, null, default, null, null, null)
                {
                    Flaw = "Its definition does not follow the protocol: most often the input schema does not describe an object.",
                });
            }
        }

        return tools.Count > 0 && good.Count + flawed.Count == 0
            ? throw new JsonException("Nothing in the server's list of tools is one.")
            : (new ListToolsResult { Tools = good, NextCursor = Text(page, "nextCursor") }, flawed);
    }

    private static Tool? Read(JsonObject tool)
    {
        try
        {
            if (tool["inputSchema"] is JsonObject schema && !schema.ContainsKey("type"))
            {
                // It is an object all the same; many servers leave that out.
                schema["type"] = "object";
            }

            return tool.Deserialize<Tool>(McpJsonUtilities.DefaultOptions);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return null;
        }
    }

    private static string? Text(JsonObject owner, string name)
    {
        try
        {
            return owner[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, which names nothing that could be asked for.
            return null;
        }
    }

    /// <summary>What reading JSON throws: also setters that refuse a value, and names that stand twice.</summary>
    private static bool IsUnreadable(Exception exception) =>
        exception is JsonException or ArgumentException or InvalidOperationException { Source: "System.Text.Json" };
}
