using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ClariBI.Sandbox.Admin;

/// <summary>The last 10,000 requests, or fewer when they are long, so that tests can prove what was sent, and what never was.</summary>
internal sealed class RequestLog(TimeProvider clock)
{
    private const int Capacity = 10_000;
    private const long MostCharacters = 32 * 1024 * 1024;
    private readonly Lock gate = new();
    private readonly Queue<SeenRequest> seen = new();
    private long number;
    private long characters;

    /// <summary>The entry of the request being answered.</summary>
    public static SeenRequest? EntryOf(HttpContext context) => context.Items[typeof(SeenRequest)] as SeenRequest;

    /// <summary>Numbers and dates the entry; what is learnt later is written into it.</summary>
    public void Add(HttpContext context, SeenRequest request)
    {
        lock (gate)
        {
            characters += request.Characters;
            while (seen.Count >= Capacity || (seen.Count > 0 && characters > MostCharacters))
            {
                characters -= seen.Dequeue().Characters;
            }

            (request.Number, request.At) = (++number, clock.GetUtcNow());
            seen.Enqueue(request);
            context.Items[typeof(SeenRequest)] = request;
        }
    }

    public SeenRequest[] List()
    {
        lock (gate)
        {
            return [.. seen];
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            seen.Clear();
            characters = 0;
        }
    }
}

/// <summary>
/// Kind is "oauth", "mcp", or "tool" for tool calls that reached a tool. Tokens and session ids appear only as the start of their SHA-256.
/// </summary>
internal sealed class SeenRequest(string kind, string method, string path, string region)
{
    public long Number { get; set; }

    public DateTimeOffset At { get; set; }

    public string Kind { get; private set; } = kind;

    public string Method => method;

    public string Path => path;

    public string Region => region;

    /// <summary>What was answered; null while it is not, or when the connection broke before.</summary>
    public int? Status { get; set; }

    /// <summary>Method of the JSON-RPC message.</summary>
    public string? RpcMethod { get; init; }

    public string? Tool { get; init; }

    public JsonNode? Arguments { get; init; }

    public string? Token { get; init; }

    public string? GrantId { get; set; }

    public string? ProtocolVersion { get; init; }

    public string? Session { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>What the entry costs, roughly.</summary>
    [JsonIgnore]
    public long Characters { get; init; }

    public void BecomeToolCall() => Kind = "tool";
}
