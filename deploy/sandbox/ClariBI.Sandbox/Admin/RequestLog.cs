using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Admin;

/// <summary>The last 10,000 OAuth requests and tool calls, so that tests can prove what was sent, and what never was.</summary>
internal sealed class RequestLog(TimeProvider clock)
{
    private const int Capacity = 10_000;
    private readonly Lock gate = new();
    private readonly Queue<SeenRequest> seen = new();
    private long number;

    public void Add(string kind, string method, string path, string? tool, JsonNode? arguments, string? token, string? grantId)
    {
        lock (gate)
        {
            if (seen.Count == Capacity)
            {
                seen.Dequeue();
            }

            seen.Enqueue(new(++number, clock.GetUtcNow(), kind, method, path, tool, arguments, token, grantId));
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
        }
    }
}

/// <summary>Kind is "oauth" or "tool"; tokens appear only as the start of their SHA-256.</summary>
internal sealed record SeenRequest(long Number, DateTimeOffset At, string Kind, string Method, string Path, string? Tool, JsonNode? Arguments, string? Token, string? GrantId);
