using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.OAuth;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Mcp;

internal interface ITool
{
    Tool Definition { get; }

    /// <summary>The reply, sent as a JSON string in the first content block.</summary>
    Task<JsonNode> InvokeAsync(ToolCall call, CancellationToken cancellationToken);
}

/// <summary>Arguments that fit the tool's schema, and who asks.</summary>
internal sealed record ToolCall(JsonElement Arguments, Grant Grant, Account Account, Organisation Organisation, string Origin)
{
    public string? Text(string name) => Arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public int Number(string name, int otherwise) => Arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        ? (int)Math.Clamp(value.GetDouble(), int.MinValue, int.MaxValue)
        : otherwise;

    public bool Flag(string name) => Arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public string[] Texts(string name) => Arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(item => item.ToString())]
        : [];

    /// <summary>The project asked for. It may be left out only when the organisation has exactly one.</summary>
    public Project Project(string name = "projectId")
    {
        var asked = Arguments.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;
        if (asked is null)
        {
            return Organisation.Projects.Length == 1
                ? Organisation.Projects[0]
                : throw new ToolErrorException($"{name}: Field required. {Organisation.Projects.Length} projects are accessible; call get_amplitude_context to list them.");
        }

        return Array.Find(Organisation.Projects, project => project.Id == asked)
            ?? throw new ToolErrorException($"No access to project {asked}. Call get_amplitude_context to list the accessible projects.");
    }
}

/// <summary>An answer the caller can act on; becomes a tool result with isError and this text.</summary>
internal sealed class ToolErrorException(string message) : Exception(message);
