using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClariBI.Evaluation.Grading;
using ClariBI.Evaluation.Questions;

namespace ClariBI.Evaluation.Reporting;

/// <summary>What is printed of one question, and what is kept of it.</summary>
internal static class Lines
{
    private const int LongestText = 240;
    private const int MostFigures = 12;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line: the mark, the question, what was expected and what came.</summary>
    public static string Print(Graded graded)
    {
        var (question, reply, verdict) = graded;
        var before = question.Context.Count > 0 ? $" after {string.Join(" / ", question.Context.Select(Quote))}" : "";
        var missing = verdict.Missing.Count > 0 ? $" | missing: {string.Join("; ", verdict.Missing)}" : "";
        return $"{verdict.Mark.ToString().ToLowerInvariant(),-8} {question.Id} {Quote(question.Text)}{before} | expected: {Expected(question)} | got: {Got(reply)}{missing}";
    }

    /// <summary>A JSON object with the whole analysis.</summary>
    public static string Keep(Graded graded)
    {
        var (question, reply, verdict) = graded;
        using var analysis = JsonDocument.Parse(reply.Json ?? "null");
        return JsonSerializer.Serialize(
            new
            {
                id = question.Id,
                @class = question.Class,
                question = question.Text,
                context = question.Context,
                project = question.Project,
                expected = Expected(question),
                mark = verdict.Mark.ToString().ToLowerInvariant(),
                missing = verdict.Missing,
                got = Got(reply),
                milliseconds = Math.Round(reply.Took.TotalMilliseconds),
                analysis = analysis.RootElement,
            },
            Json);
    }

    private static string Expected(Question question)
    {
        var expect = question.Expect;
        List<string> parts = [expect.Outcome.ToString().ToLowerInvariant()];
        Add("numbers", List(expect.Numbers));
        Add("any of", string.Join(" or ", expect.AnyOf.Select(reading => $"[{List(reading)}]")));
        Add("seconds", List(expect.Durations));
        Add("labels", string.Join(", ", expect.Labels));
        Add("kind", expect.Kind);
        Add("chart", expect.Chart);
        Add("text", expect.Text is { } pattern ? $"/{pattern}/" : null);
        return string.Join(", ", parts);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                parts.Add($"{name} {value}");
            }
        }
    }

    private static string Got(Reply reply)
    {
        var outcome = reply.Outcome is { } known ? known.ToString().ToLowerInvariant() : reply.IsBroken ? "broken" : "failed";
        var figures = reply.Figures.Count == 0 ? "" : $" [{List(reply.Figures.Take(MostFigures).Select(figure => figure.Value))}{(reply.Figures.Count > MostFigures ? ", …" : "")}]";
        return $"{outcome}{(reply.Kind is { } kind ? $" {kind}" : "")}{(reply.Chart is { } chart ? $" as {chart}" : "")}{figures} {Quote(reply.Text)}";
    }

    private static string List(IEnumerable<double> numbers) => string.Join(", ", numbers.Select(number => number.ToString("G8", CultureInfo.InvariantCulture)));

    /// <summary>In one line, however it was written.</summary>
    private static string Quote(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return $"\"{(line.Length <= LongestText ? line : line[..LongestText] + "…")}\"";
    }
}
