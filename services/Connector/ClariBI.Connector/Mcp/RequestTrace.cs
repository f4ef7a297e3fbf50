using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace ClariBI.Connector.Mcp;

/// <summary>What the requests of one flow of execution are for, and what is known of the last tool call among them.</summary>
internal sealed class RequestTrace(string purpose)
{
    private static readonly AsyncLocal<RequestTrace?> Flow = new();

    public static RequestTrace? Current => Flow.Value;

    /// <summary>For the vault's access log.</summary>
    public string Purpose { get; } = purpose;

    /// <summary>The id (JSON-RPC 2.0) under which a tool call left; the SDK gives it away nowhere else.</summary>
    public RequestId? CallId { get; private set; }

    /// <summary>The tool that the latest request calls; null when it is no call.</summary>
    public string? Tool { get; private set; }

    /// <summary>
    /// In bytes, when an answer was larger than that: the SDK tells of an event stream that ended early, and not why.
    /// </summary>
    public long? PassedLimit { get; private set; }

    public void NotePassedLimit(long limit) => PassedLimit = limit;

    public static RequestTrace Begin(string purpose) => Flow.Value = new RequestTrace(purpose);

    public async Task NoteAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        try
        {
            using var message = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            Tool = null;
            if (message.RootElement.ValueKind == JsonValueKind.Object
                && message.RootElement.TryGetProperty("method", out var method) && method.ValueEquals(RequestMethods.ToolsCall)
                && message.RootElement.TryGetProperty("id", out var id))
            {
                Tool = message.RootElement.GetProperty("params").GetProperty("name").GetString();
                CallId = id.ValueKind == JsonValueKind.Number ? new RequestId(id.GetInt64()) : new RequestId(id.GetString()!);
            }
        }
        catch (JsonException)
        {
            // Not a message of the protocol, so no call either.
        }
        finally
        {
            body.Position = 0;
        }
    }
}
