using System.Text.Json;

namespace ClariBI.Connector.Tools;

/// <summary>A tool as the vendor publishes it. Nothing in it is trusted: it may narrow what we admit, never widen it.</summary>
/// <param name="ReadOnlyHint">Null when the vendor says nothing, which counts as no.</param>
/// <param name="AccessLevels">Amplitude's <c>_meta["amplitude/accessLevels"]</c>; null where it is not there.</param>
internal sealed record PublishedTool(
    string Name,
    string? Title,
    string? Description,
    JsonElement InputSchema,
    bool? ReadOnlyHint,
    bool? DestructiveHint,
    IReadOnlyList<string>? AccessLevels);
