using System.Globalization;
using System.Text.RegularExpressions;
using ClariBI.Evaluation.Questions;

namespace ClariBI.Evaluation.Grading;

internal enum Mark
{
    Right,
    Wrong,
    Asked,
    Declined,
}

/// <param name="Missing">What was expected and is not there; empty where it is right.</param>
internal sealed record Verdict(Mark Mark, IReadOnlyList<string> Missing);

/// <summary>
/// Grades one reply. An answer is right when nothing that was expected is missing; an answer where none was expected is wrong. A question
/// back or a refusal is right where it was expected, and counted as such where not.
/// </summary>
internal static class Grader
{
    public static Verdict Grade(Question question, Reply reply)
    {
        var expected = question.Expect.Outcome;
        if (reply.Outcome == Outcome.Answer && expected == Outcome.Answer)
        {
            List<string> missing = [.. Missing(question, reply)];
            return new Verdict(missing.Count == 0 ? Mark.Right : Mark.Wrong, missing);
        }

        if (reply.Outcome == expected)
        {
            return new Verdict(Mark.Right, []);
        }

        return new Verdict(
            reply switch
            {
                { Outcome: Outcome.Clarify } => Mark.Asked,
                { Outcome: Outcome.Decline } or { Outcome: null, IsBroken: false } => Mark.Declined,
                _ => Mark.Wrong,
            },
            [$"outcome {expected.ToString().ToLowerInvariant()}"]);
    }

    private static IEnumerable<string> Missing(Question question, Reply reply)
    {
        var expect = question.Expect;
        var numbers = expect.Numbers.Where(number => !HasNumber(reply, number)).ToList();
        if (numbers.Count > 0)
        {
            yield return $"numbers {List(numbers)}";
        }

        if (expect.AnyOf.Count > 0 && !expect.AnyOf.Any(reading => reading.All(number => HasNumber(reply, number))))
        {
            var nearest = expect.AnyOf.Select(reading => reading.Where(number => !HasNumber(reply, number)).ToList()).MinBy(left => left.Count)!;
            yield return $"any of {expect.AnyOf.Count} readings, of the nearest {List(nearest)}";
        }

        var durations = expect.Durations.Where(seconds => !reply.Figures.Any(figure => DurationMatch.Matches(figure, seconds))).ToList();
        if (durations.Count > 0)
        {
            yield return $"durations {List(durations)} s";
        }

        var labels = expect.Labels.Where(label => !reply.Names.Append(reply.Text).Any(text => LabelMatch.IsNamed(label, text))).ToList();
        if (labels.Count > 0)
        {
            yield return $"labels {string.Join(", ", labels)}";
        }

        foreach (var form in MissingForm(question, reply))
        {
            yield return form;
        }
    }

    private static IEnumerable<string> MissingForm(Question question, Reply reply)
    {
        var expect = question.Expect;
        if (expect.Kind is { } kind && Word(reply.Kind) != Word(kind))
        {
            yield return $"kind {kind}";
        }

        if (expect.Chart is { } chart && Word(reply.Chart) != Word(chart))
        {
            yield return $"chart {chart}";
        }

        if (question.Project is { } project && !reply.Sources.Any(source => source.Contains(project.Trim(), StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"project {project}";
        }

        if (expect.Text is { } pattern && !Found(pattern, reply.Text))
        {
            yield return $"text /{pattern}/";
        }
    }

    private static bool HasNumber(Reply reply, double number) => reply.Figures.Any(figure => NumberMatch.Matches(figure, number));

    private static bool Found(Regex pattern, string text)
    {
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>Without case, spaces, hyphens and underscores.</summary>
    private static string Word(string? name) => string.Concat((name ?? "").Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static string List(IEnumerable<double> numbers) => string.Join(", ", numbers.Select(number => number.ToString("G10", CultureInfo.InvariantCulture)));
}
