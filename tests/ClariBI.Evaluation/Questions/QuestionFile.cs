using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClariBI.Evaluation.Questions;

/// <summary>Reads a file of questions, one JSON object a line. A mistake in it ends the run: a question left out would flatter.</summary>
internal static class QuestionFile
{
    private static readonly string[] Fields = ["id", "class", "question", "context", "project", "expect"];
    private static readonly string[] Expected = ["outcome", "kind", "chart", "numbers", "any_of", "duration_s", "labels", "text"];

    public static async Task<IReadOnlyList<Question>> ReadAsync(string path, CancellationToken ct)
    {
        if (!File.Exists(path))
        {
            throw new EvaluationException($"There is no file {path}.");
        }

        var questions = new List<Question>();
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(path, ct))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                questions.Add(Parse(line));
            }
            catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException or ArgumentException)
            {
                throw new EvaluationException($"{path}:{number}: {problem.Message}");
            }
        }

        return questions.Select(question => question.Id).GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new EvaluationException($"{path}: the id {twice.Key} is there twice.")
            : questions;
    }

    public static Question Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var row = document.RootElement;
        Known(row, Fields);
        return new Question(
            Text(row, "id") ?? throw new FormatException("a question needs an id."),
            Text(row, "class") ?? "",
            Text(row, "question") ?? throw new FormatException("a question needs its words."),
            [.. Items(row, "context").Select(item => item.GetString() ?? "")],
            Text(row, "project"),
            row.TryGetProperty("expect", out var expect) ? Expectation(expect) : throw new FormatException("a question needs what is expected of it: expect."));
    }

    private static Expectation Expectation(JsonElement expect)
    {
        Known(expect, Expected);
        var outcome = Text(expect, "outcome") switch
        {
            "answer" => Outcome.Answer,
            "clarify" => Outcome.Clarify,
            "decline" => Outcome.Decline,
            var other => throw new FormatException($"the outcome is answer, clarify or decline, not '{other}'."),
        };
        return new Expectation(outcome)
        {
            Kind = Text(expect, "kind"),
            Chart = Text(expect, "chart"),
            Numbers = [.. Items(expect, "numbers").Select(item => item.GetDouble())],
            AnyOf = [.. Items(expect, "any_of").Select(Reading)],
            Durations = [.. Items(expect, "duration_s").Select(item => item.GetDouble())],
            Labels = [.. Items(expect, "labels").Select(item => item.GetString() ?? "")],
            Text = Text(expect, "text") is { } pattern ? new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) : null,
        };
    }

    private static IReadOnlyList<double> Reading(JsonElement reading) =>
        reading.ValueKind == JsonValueKind.Array ? [.. reading.EnumerateArray().Select(item => item.GetDouble())] : [reading.GetDouble()];

    /// <summary>A list, or one thing alone.</summary>
    private static List<JsonElement> Items(JsonElement row, string name) =>
        !row.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()]
        : [value];

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetString() : null;

    private static void Known(JsonElement row, string[] names)
    {
        if (row.EnumerateObject().FirstOrDefault(property => !names.Contains(property.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } stranger)
        {
            throw new FormatException($"unknown field '{stranger.Name}'.");
        }
    }
}
