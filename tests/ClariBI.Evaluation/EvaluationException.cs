namespace ClariBI.Evaluation;

/// <summary>The run cannot go on; the message says why, to whoever started it.</summary>
internal sealed class EvaluationException(string message) : Exception(message);
