using System.Text.Json.Serialization;

namespace ClariBI.Sandbox.Admin;

/// <summary>A fault, how often it is to strike (0: until switched off), and the details that mean something for its kind.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record Fault(string Kind)
{
    public int Count { get; init; }

    /// <summary>Strikes only calls of this tool.</summary>
    public string? Tool { get; init; }

    public int? Milliseconds { get; init; }

    /// <summary>Seconds; 0 leaves the header out.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Whether tools/list still has a tool that was removed.</summary>
    public bool Listed { get; init; } = true;

    public bool Fits(string? tool) => Tool is null || Tool == tool;
}

internal static class FaultKinds
{
    /// <summary>Faults of whole endpoints, before anyone looks at the request.</summary>
    public static readonly string[] OfEndpoints = ["down", "registration_down", "token_down", "code_expired"];

    /// <summary>Faults of tools/list and initialize.</summary>
    public static readonly string[] OfSessions = ["endless_pages", "tool_changed", "no_session_id"];

    /// <summary>Faults that strike tool calls, and so have magic names. Some strike other requests to /mcp too.</summary>
    public static readonly string[] OfCalls =
    [
        "unauthorized", "forbidden", "rate_limited", "server_error", "down", "slow", "hung", "drop", "lost_session", "tool_removed", "oversized",
        "org_mismatch", "not_found", "chart_type_schema", "missing_project", "mcp_error", "session_error", "injection", "malformed_json",
    ];

    public static readonly string[] All = [.. OfEndpoints.Union(OfSessions).Union(OfCalls)];

    /// <summary>Null when the fault makes sense, else what is wrong.</summary>
    public static string? Check(Fault fault) =>
        !All.Contains(fault.Kind) ? $"kind is none or one of {string.Join(", ", All)}."
        : fault.Count < 0 ? "count is 0 (until none) or more."
        : fault.Milliseconds is < 0 or > 600_000 ? "milliseconds is a number from 0 to 600000."
        : fault.RetryAfter is < 0 or > 86_400 ? "retryAfter is a number of seconds from 0 (no header) to 86400."
        : fault.Tool is not null && !OfCalls.Append("tool_changed").Except(OfEndpoints).Contains(fault.Kind) ? $"{fault.Kind} is not about a tool."
        : fault.Tool is null && fault.Kind == "tool_removed" ? "tool_removed needs tool."
        : null;
}
