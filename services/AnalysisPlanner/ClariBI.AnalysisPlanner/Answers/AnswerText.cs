namespace ClariBI.AnalysisPlanner.Answers;

/// <summary>A computed answer in words. Every number in <see cref="Text"/> is a fact.</summary>
/// <param name="IsEmpty">Nothing matched: there is nothing to draw.</param>
internal sealed record AnswerText(
    string Text,
    IReadOnlyList<Fact> Facts,
    IReadOnlyList<Check> Checks,
    IReadOnlyList<string> Caveats,
    IReadOnlyList<string> FollowUps,
    bool IsEmpty = false);

/// <param name="Name">Stable within the answer, for example <c>top.value</c>.</param>
/// <param name="Value">Unrounded; shares are 0..1.</param>
/// <param name="Text">As written in the answer, for example <c>34.2 %</c>.</param>
/// <param name="Cells">The cells the value comes from.</param>
internal sealed record Fact(
    string Name, string Label, double Value, string? Unit, string Text, IReadOnlyList<FactCell> Cells);

/// <param name="Row">Index into the table's rows.</param>
/// <param name="Column">A column's name.</param>
internal sealed record FactCell(int Row, string Column);

internal sealed record Check(string Text, bool Passed);
