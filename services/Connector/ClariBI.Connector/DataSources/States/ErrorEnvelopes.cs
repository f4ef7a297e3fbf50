using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClariBI.Connector.DataSources.States;

/// <summary>Tells from an answer's form whether it reports an error, and which of its words say what went wrong.</summary>
internal static partial class ErrorEnvelopes
{
    private const int LongestRead = 4000;
    private const int Deepest = 5;

    private static readonly HashSet<string> Telling = new(StringComparer.OrdinalIgnoreCase)
    {
        "error", "errors", "message", "msg", "detail", "details", "reason", "title", "code", "status", "error_description", "error_message", "errorMessage",
        "error_code", "errorCode", "status_code", "statusCode", "fault", "faultstring", "type", "hint", "path", "description",
    };

    /// <summary>What stands beside the words of an error, and never beside data alone.</summary>
    private static readonly HashSet<string> Technical = new(StringComparer.OrdinalIgnoreCase)
    {
        "success", "ok", "isError", "retry_after", "retryAfter", "retry-after", "retry_after_ms", "retry-after-ms", "retry_after_seconds", "request_id", "requestId", "trace_id", "traceId",
        "correlation_id", "timestamp", "documentation_url", "docs", "help", "jsonrpc", "id", "limit", "remaining", "reset", "data", "meta", "instance",
    };

    private static readonly string[] Leading = ["error", "errors", "message", "msg", "detail", "code", "fault", "status_code", "statusCode"];

    /// <summary>An envelope that reports failure, or a sentence that begins so; data never does.</summary>
    public static bool Is(string text)
    {
        if (text.TrimStart() is not ['{' or '[', ..])
        {
            return Opening().IsMatch(text);
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && (SaysFailure(root) || HoldsNothingElse(root));
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return Opening().IsMatch(text);
        }
    }

    /// <summary>Of JSON, also behind a few words, only the members that tell what went wrong; other text as it is.</summary>
    public static string Words(string text)
    {
        var json = text.AsSpan().IndexOfAny('{', '[');
        if (json < 0)
        {
            return Cut(text);
        }

        try
        {
            using var document = JsonDocument.Parse(text.AsMemory(json));
            var words = new List<string>();
            Collect(document.RootElement, "error", words, depth: 0);
            return words.Count == 0 ? Cut(text) : Cut($"{text[..json]}{string.Join(" ", words)}");
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            // Words that happen to begin like JSON.
            return Cut(text);
        }
    }

    public static string Cut(string text) => (text.Length > LongestRead ? text[..LongestRead] : text).ReplaceLineEndings(" ");

    /// <summary>No JSON, or a name in it with half a surrogate pair, which parses and cannot be looked up.</summary>
    private static bool IsUnreadable(Exception exception) => exception is JsonException or InvalidOperationException;

    /// <summary>Null for text with half a surrogate pair, as is left of an emoji where somebody cut it.</summary>
    private static string? Read(Func<string?> text)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool SaysFailure(JsonElement root) =>
        (root.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String or JsonValueKind.True)
        || (root.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.False)
        || (root.TryGetProperty("isError", out var flag) && flag.ValueKind == JsonValueKind.True)
        || (root.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.Number && status.TryGetInt32(out var number) && number is >= 400 and < 600);

    /// <summary>A message or a code first, and nothing but what belongs to one.</summary>
    private static bool HoldsNothingElse(JsonElement root)
    {
        string[] names = [.. root.EnumerateObject().Select(member => Read(() => member.Name) ?? "")];
        return names.Length > 0 && Leading.Contains(names[0], StringComparer.OrdinalIgnoreCase)
            && Array.TrueForAll(names, name => Telling.Contains(name) || Technical.Contains(name))
            && !(root.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.True)
            && !(root.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.True);
    }

    private static void Collect(JsonElement element, string name, List<string> words, int depth)
    {
        if (depth > Deepest)
        {
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject().Where(member => Telling.Contains(Read(() => member.Name) ?? "")))
                {
                    Collect(member.Value, member.Name, words, depth + 1);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Collect(item, name, words, depth + 1);
                }

                break;
            case JsonValueKind.String:
                words.Add(Read(element.GetString) ?? element.GetRawText().Trim('"'));
                break;
            case JsonValueKind.Number:
                words.Add($"{name} {element.GetRawText()}");
                break;
        }
    }

    /// <summary>Not the heading of a table, behind which a comma, a bar or a tab comes.</summary>
    [GeneratedRegex(
        @"^\W*((mcp )?error\b[ \r\n]*[^\s,;|]|(api |request |your )?(rate[ _-]?limit|too[ _-]?many[ _-]?requests|429\b|quota))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Opening();
}
