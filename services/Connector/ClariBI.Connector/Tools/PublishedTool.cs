using System.Text.Json;

namespace ClariBI.Connector.Tools;

/// <summary>A tool as the vendor publishes it. Nothing in it is trusted: it may narrow what we admit, never widen it.</summary>
/// <param name="ReadOnlyHint">Null when the vendor says nothing, which counts as no.</param>
/// <param name="AccessLevels">Amplitude's <c>_meta["amplitude/accessLevels"]</c>; null where it is not there.</param>
/// <param name="OutputSchema">What <c>structuredContent</c> of a result follows; null where the vendor does not say.</param>
/// <param name="IdempotentHint">Null counts as no: such a call is not repeated.</param>
/// <param name="OpenWorldHint">Null counts as yes: what it returns may hold anybody's words.</param>
internal sealed record PublishedTool(
    string Name,
    string? Title,
    string? Description,
    JsonElement InputSchema,
    bool? ReadOnlyHint,
    bool? DestructiveHint,
    IReadOnlyList<string>? AccessLevels,
    JsonElement? OutputSchema = null,
    bool? IdempotentHint = null,
    bool? OpenWorldHint = null)
{
    /// <summary>Why its definition could not be read, in a sentence; such a tool is listed and never used.</summary>
    public string? Flaw { get; init; }
}
