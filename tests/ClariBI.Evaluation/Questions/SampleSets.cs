using System.Globalization;
using System.Text.Json;

namespace ClariBI.Evaluation.Questions;

/// <summary>tests/evaluation: the questions about the sandbox's samples, and how the samples are made.</summary>
internal sealed record SampleSets(string Folder, DateTimeOffset Now, int Users, IReadOnlyList<string> Names)
{
    public static async Task<SampleSets> ReadAsync(string root, CancellationToken ct)
    {
        var folder = Path.Combine(root, "tests", "evaluation");
        var file = Path.Combine(folder, "sets.json");
        if (!File.Exists(file))
        {
            throw new EvaluationException($"There is no {file}: --root is the checkout.");
        }

        await using var stream = File.OpenRead(file);
        using var sets = await JsonDocument.ParseAsync(stream, cancellationToken: ct);
        return new SampleSets(
            folder,
            DateTimeOffset.Parse(sets.RootElement.GetProperty("now").GetString()!, CultureInfo.InvariantCulture),
            sets.RootElement.GetProperty("users").GetInt32(),
            [.. sets.RootElement.GetProperty("samples").EnumerateObject().Select(sample => sample.Name)]);
    }

    public Task<IReadOnlyList<Question>> QuestionsAsync(string sample, CancellationToken ct) =>
        QuestionFile.ReadAsync(Path.Combine(Folder, "questions", sample + ".jsonl"), ct);

    public Task<IReadOnlyList<Question>> KeptAsideAsync(string sample, CancellationToken ct) =>
        QuestionFile.ReadAsync(Path.Combine(Folder, "holdout", sample + ".jsonl"), ct);

    /// <summary>The ids of a sample's questions begin with its name.</summary>
    public string SampleOf(Question question) => Names.FirstOrDefault(name => question.Id.StartsWith(name + "-", StringComparison.Ordinal))
        ?? throw new EvaluationException($"{question.Id} is of none of the samples ({string.Join(", ", Names)}): say with --data which folder the questions are about.");
}
