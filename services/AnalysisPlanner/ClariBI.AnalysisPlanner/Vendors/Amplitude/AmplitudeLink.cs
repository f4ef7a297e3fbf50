using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude;

/// <summary>The address of the chart in Amplitude: bare, or inside a sentence with Markdown.</summary>
internal static partial class AmplitudeLink
{
    public static Uri? Read(JsonElement reply) =>
        reply.Field("chartEditUrl", "editUrl", "url").Text() is { } text
        && Address().Match(text) is { Success: true } match
        && Uri.TryCreate(match.Value, UriKind.Absolute, out var address)
            ? address
            : null;

    [GeneratedRegex(@"https?://[^\s)\]""<>]+")]
    private static partial Regex Address();
}
