using System.Text.Json;
using System.Text.RegularExpressions;
using ClariBI.Contracts.Connector;
using ClariBI.ServiceDefaults.Texts;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude;

/// <summary>Tells an answer from an error: Amplitude reports errors as <c>isError</c>, as text, or as <c>success: false</c>.</summary>
internal static partial class AmplitudeReply
{
    private const int ShownLength = 300;

    public static JsonElement Read(ToolCallCompleted reply)
    {
        var text = reply.Text.Trim();
        if (reply.VendorIsError || text.StartsWith("MCP error", StringComparison.OrdinalIgnoreCase))
        {
            throw new PlannerProblemException(Problem(text));
        }

        JsonElement root;
        try
        {
            root = JsonDocument.Parse(text).RootElement;
        }
        catch (JsonException)
        {
            throw new PlannerProblemException(new PlannerProblem(
                "vendor-answer-unreadable", "Amplitude's answer could not be read.", $"{reply.Tool} did not answer in JSON: {Shorten(text)}"));
        }

        return root.Field("success") is { ValueKind: JsonValueKind.False }
            ? throw new PlannerProblemException(Problem(root.Field("error", "message", "detail") is { ValueKind: not JsonValueKind.Undefined } error
                ? error.Text() ?? error.Field("message").Text() ?? error.GetRawText()
                : text))
            : root;
    }

    /// <summary>What the vendor says is shown as its words: it is data, and may hold anything.</summary>
    private static PlannerProblem Problem(string text) => text switch
    {
        _ when Says(text, "rate limit") || TooManyRequests().IsMatch(text) || Says(text, "too many requests") => new PlannerProblem(
            "vendor-rate-limited", "Amplitude asks us to slow down.", $"The project's query limit is reached. Wait a few minutes and ask again. Amplitude said: {Shorten(text)}"),
        _ when Says(text, "-32602") || Says(text, "not found") && Says(text, "tool") => new PlannerProblem(
            "vendor-tool-not-found", "Amplitude does not offer this tool any more.", $"Reconnect the data source to read the tools again. Amplitude said: {Shorten(text)}"),
        _ when Says(text, "org_mismatch") => new PlannerProblem(
            "vendor-wrong-organization", "This belongs to another Amplitude organization.", "Reconnect the data source while signed in to the organization that owns it."),
        _ when Says(text, "permission") || Says(text, "forbidden") || Forbidden().IsMatch(text) => new PlannerProblem(
            "vendor-permission-missing", "Amplitude refused the request.", $"The connected account may not read this. Amplitude said: {Shorten(text)}"),
        _ => new PlannerProblem(
            "vendor-error", "Amplitude could not answer.", $"Amplitude said: {Shorten(text)}"),
    };

    private static bool Says(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static string Shorten(string text) => StoredText.Shorten(text, ShownLength);

    /// <summary>The status alone: an id or a count may hold the same digits.</summary>
    [GeneratedRegex(@"\b429\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex TooManyRequests();

    [GeneratedRegex(@"\b403\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Forbidden();
}
