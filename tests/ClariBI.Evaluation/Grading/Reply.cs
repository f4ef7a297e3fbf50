using ClariBI.Evaluation.Questions;

namespace ClariBI.Evaluation.Grading;

/// <summary>What the product said, as far as it is graded.</summary>
/// <param name="Outcome">Null where it said nothing: the analysis failed, was refused or took too long.</param>
/// <param name="Text">The answer's text, the question back, the refusal, or what went wrong.</param>
internal sealed record Reply(Outcome? Outcome, string Text)
{
    public string? Kind { get; init; }

    public string? Chart { get; init; }

    /// <summary>Project, organization and data source in the evidence, and their ids.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>Names and words of facts and table.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>It broke or took too long, which counts wrong; where it only could not be done, it counts as declined.</summary>
    public bool IsBroken { get; init; }

    public TimeSpan Took { get; init; }

    /// <summary>As it came, for a closer look.</summary>
    public string? Json { get; init; }

    public static Reply Broken(string text) => new(null, text) { IsBroken = true };
}
