using System.Text.RegularExpressions;

namespace ClariBI.Evaluation.Questions;

/// <param name="Context">Earlier questions of the conversation, asked one by one before this one.</param>
/// <param name="Project">The project that the evidence has to name; null where it does not matter.</param>
internal sealed record Question(string Id, string Class, string Text, IReadOnlyList<string> Context, string? Project, Expectation Expect)
{
    /// <summary>In this class the question has to find its project by itself.</summary>
    public bool FindsItsProject => Class == "multi-project";
}

internal enum Outcome
{
    Answer,
    Clarify,
    Decline,
}

/// <summary>What a right reply holds; beside the outcome only of answers.</summary>
internal sealed record Expectation(Outcome Outcome)
{
    /// <summary>The kind of analysis, in the design's words.</summary>
    public string? Kind { get; init; }

    /// <summary>The type of the chart.</summary>
    public string? Chart { get; init; }

    /// <summary>Each is a fact or a cell of the table.</summary>
    public IReadOnlyList<double> Numbers { get; init; } = [];

    /// <summary>Readings of the question that a sensible person may have: one of them is there as a whole.</summary>
    public IReadOnlyList<IReadOnlyList<double>> AnyOf { get; init; } = [];

    /// <summary>In seconds; the answer may give them in any unit.</summary>
    public IReadOnlyList<double> Durations { get; init; } = [];

    /// <summary>Named in the text, a fact or the table.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Found in the answer's text.</summary>
    public Regex? Text { get; init; }
}
