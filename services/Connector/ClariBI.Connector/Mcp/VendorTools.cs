using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Tools;
using ClariBI.ServiceDefaults.Outbound;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClariBI.Connector.Mcp;

/// <param name="Text">The text of all blocks.</param>
/// <param name="IsError">The vendor's own <c>isError</c>.</param>
internal sealed record ToolResult(string Text, bool IsError)
{
    /// <summary>The text content, each block by itself.</summary>
    public IReadOnlyList<string> Blocks { get; init; } = [];

    public JsonElement? Structured { get; init; }

    /// <summary>What else there was and is not passed on, in words; null: nothing.</summary>
    public string? LeftOut { get; init; }
}

/// <param name="Definitions">As the SDK knows them, for headers.</param>
/// <param name="Lifetime">How long the server says that the list holds (<c>ttlMs</c>); null when it does not.</param>
internal sealed record ToolListing(IReadOnlyList<PublishedTool> Tools, IReadOnlyList<Tool> Definitions, TimeSpan? Lifetime);

/// <summary>Listing and calling tools over an open client, in our own terms.</summary>
internal static class VendorTools
{
    private const int MostPages = 200;
    private const int MostTools = 2000;

    public static async Task<IReadOnlyList<PublishedTool>> ListAsync(McpClient client, CancellationToken cancellationToken) =>
        (await ReadAsync(client, cancellationToken)).Tools;

    /// <summary>All pages. A cursor that comes back, also the empty one, ends the list: the pages after it are known.</summary>
    /// <exception cref="VendorUnavailableException">
    /// With <see cref="StateCodes.ToolsUnreadable"/>: it is no list, is too large, or has more pages or tools than anybody could use.
    /// </exception>
    public static async Task<ToolListing> ReadAsync(McpClient client, CancellationToken cancellationToken)
    {
        var (tools, flawed) = (new List<Tool>(), new List<PublishedTool>());
        var seen = new HashSet<string>(StringComparer.Ordinal);
        TimeSpan? lifetime = null;
        string? cursor = null;
        for (var page = 1; ; page++)
        {
            var (result, flaws) = await PageAsync(client, cursor, cancellationToken);
            tools.AddRange(result.Tools.Where(tool => IsUsable(client, tool)));
            flawed.AddRange(flaws);
            lifetime = result.TimeToLive is { } ttl && !(ttl > lifetime) ? ttl : lifetime;
            cursor = result.NextCursor;
            var ended = cursor is null || !seen.Add(cursor);
            if ((page >= MostPages && !ended) || tools.Count + flawed.Count > MostTools)
            {
                throw Unreadable($"The vendor lists more than {MostTools:N0} tools or {MostPages} pages of them, so the list was not used.");
            }

            if (ended)
            {
                break;
            }
        }

        Tool[] distinct = [.. tools.DistinctBy(tool => tool.Name, StringComparer.Ordinal)];
        var unread = flawed.DistinctBy(tool => tool.Name, StringComparer.Ordinal).Where(tool => !Array.Exists(distinct, other => other.Name == tool.Name));
        return new ToolListing([.. distinct.Select(Describe), .. unread], distinct, lifetime);
    }

    private static async Task<(ListToolsResult Page, IReadOnlyList<PublishedTool> Flawed)> PageAsync(
        McpClient client, string? cursor, CancellationToken cancellationToken)
    {
        try
        {
            return await ToolPages.ReadAsync(client, cursor, cancellationToken);
        }
        catch (Exception exception) when (ResponseTooLargeException.In(exception) is { } large)
        {
            throw Unreadable($"The vendor's list of tools is larger than {large.Limit / 1024 / 1024:N0} MB, so it was not used.");
        }
        catch (JsonException)
        {
            throw Unreadable("The vendor's list of tools cannot be read: it does not follow the protocol.");
        }
        catch (McpException exception) when (exception is not McpProtocolException && !SessionLosses.IsNamedIn(exception))
        {
            // A stream that ended too early happens to good servers as well.
            throw Unreadable("The vendor's list of tools cannot be read: it broke off.", "Try again; if it happens again, tell the vendor.");
        }
    }

    private static VendorUnavailableException Unreadable(string cause, string fix = "Tell the vendor.") => new($"{cause} {fix}", StateCodes.ToolsUnreadable);

    /// <param name="onProgress">Called at every sign of life that the server sends during the call.</param>
    public static async Task<ToolResult> CallAsync(
        McpClient client, string tool, JsonElement arguments, CancellationToken cancellationToken, Action? onProgress = null)
    {
        var result = await SendAsync(client, tool, arguments, onProgress, cancellationToken);
        string[] blocks = [.. result.Content.Select(ReadText).OfType<string>()];
        var text = string.Join('\n', blocks);
        if (text.Length == 0 && result.StructuredContent is { } structured)
        {
            text = structured.GetRawText();
        }

        // Some servers report an error as the text of a good result.
        return new ToolResult(text, result.IsError == true || text.StartsWith("MCP error", StringComparison.Ordinal))
        {
            Blocks = blocks,
            Structured = result.StructuredContent,
            LeftOut = LeftOut(result.Content),
        };
    }

    /// <exception cref="JsonException">The answer holds half a character, which the SDK does not expect.</exception>
    private static async Task<CallToolResult> SendAsync(
        McpClient client, string tool, JsonElement arguments, Action? onProgress, CancellationToken cancellationToken)
    {
        try
        {
            return await client.CallToolAsync(
                tool,
                arguments.EnumerateObject().ToDictionary(argument => argument.Name, argument => (object?)argument.Value, StringComparer.Ordinal),
                onProgress is null ? null : new Beat(onProgress),
                cancellationToken: cancellationToken);
        }
        catch (InvalidOperationException broken) when (broken is not ObjectDisposedException && broken.Source == typeof(JsonSerializer).Assembly.GetName().Name)
        {
            throw new JsonException("The answer holds text that is not Unicode.", broken);
        }
    }

    /// <summary>Text that came along is text; what has to be fetched is not.</summary>
    private static string? ReadText(ContentBlock block) => block switch
    {
        TextContentBlock text => text.Text,
        EmbeddedResourceBlock { Resource: TextResourceContents text } => text.Text,
        _ => null,
    };

    private static string? LeftOut(IEnumerable<ContentBlock> content)
    {
        string[] kinds = [.. content.Where(block => ReadText(block) is null).GroupBy(block => block.Type).Select(group => $"{group.Count()} × {group.Key}")];
        return kinds.Length == 0 ? null : $"Not passed on: {string.Join(", ", kinds)}.";
    }

    /// <summary>The SDK refuses a tool whose <c>x-mcp-header</c> is not valid, and so leaves out that one alone.</summary>
    private static bool IsUsable(McpClient client, Tool tool)
    {
        try
        {
            client.AddKnownTools([tool]);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static PublishedTool Describe(Tool tool) => new(
        tool.Name, tool.Title ?? tool.Annotations?.Title, tool.Description, tool.InputSchema,
        tool.Annotations?.ReadOnlyHint, tool.Annotations?.DestructiveHint, AccessLevels(tool.Meta),
        tool.OutputSchema, tool.Annotations?.IdempotentHint, tool.Annotations?.OpenWorldHint);

    private static List<string>? AccessLevels(JsonObject? meta) =>
        meta?["amplitude/accessLevels"] is JsonArray levels
            ? [.. levels.Select(level => level is JsonValue value && value.TryGetValue<string>(out var text) ? text : "?")]
            : null;

    private sealed class Beat(Action onProgress) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => onProgress();
    }
}
