using System.Text.Json.Serialization;
using ClariBI.Contracts;

namespace ClariBI.AnalysisPlanner.Analyses;

[JsonConverter(typeof(SnakeCaseEnumConverter<StepKey>))]
internal enum StepKey
{
    Understand,
    CheckNames,
    AskVendor,
    Compute,
    Draw,
}

/// <summary>One step of a run, as the person watches it. Numbered through over all attempts of an analysis.</summary>
internal sealed class Step
{
    private Step()
    {
    }

    public Guid AnalysisId { get; private init; }

    public int Sequence { get; private init; }

    public StepKey Key { get; private init; }

    public string Text { get; private set; } = "";

    public DateTimeOffset StartedAt { get; private init; }

    public DateTimeOffset? FinishedAt { get; private set; }

    public bool Failed { get; private set; }

    public static Step Begin(Guid analysisId, int sequence, StepKey key, string text, DateTimeOffset now) => new()
    {
        AnalysisId = analysisId,
        Sequence = sequence,
        Key = key,
        Text = text,
        StartedAt = now,
    };

    public void Describe(string text) => Text = text;

    public void End(DateTimeOffset now, bool failed = false)
    {
        FinishedAt = now;
        Failed = failed;
    }
}
