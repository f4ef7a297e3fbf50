namespace ClariBI.Evaluation.Grading;

/// <summary>One number of an answer: a fact, or a cell of the table.</summary>
/// <param name="Shown">As it is written, with its rounding.</param>
/// <param name="IsShare">A part of a whole, which may stand for 42.31 or 0.4231.</param>
/// <param name="Unit">The unit, where it is told.</param>
/// <param name="Label">What the column or the fact is called.</param>
/// <param name="IsFact">A fact's text leaves out the sign where its words say the direction.</param>
internal sealed record Figure(double Value, string Shown, bool IsShare = false, string? Unit = null, string? Label = null, bool IsFact = false);
