using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.Charts.Charts;

/// <summary>The chart of one analysis. What it shows is its current snapshot; how it is drawn is decided when it is read.</summary>
internal sealed class Chart
{
    public const int MaximumTitle = 200;

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public required Guid WorkspaceId { get; init; }

    public required Guid AnalysisId { get; init; }

    public string Question { get; private set; } = "";

    public string Title { get; private set; } = "";

    public AnalysisQuery Query { get; private set; } = null!;

    public Guid SnapshotId { get; private set; }

    public void Redraw(string question, string title, AnalysisQuery query, Snapshot snapshot)
    {
        Question = question;
        Title = title.Length <= MaximumTitle ? title : title[..(MaximumTitle - 1)] + "…";
        Query = query;
        SnapshotId = snapshot.Id;
    }
}
