using ClariBI.ServiceDefaults.Texts;

namespace ClariBI.AnalysisPlanner.Conversations;

/// <summary>Questions that follow one another; later ones may refer to earlier ones.</summary>
internal sealed class Conversation
{
    public const int TitleLength = 80;

    private Conversation()
    {
    }

    public Guid Id { get; private init; }

    public Guid WorkspaceId { get; private init; }

    public string Title { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public static Conversation Begin(Guid workspaceId, string question, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        WorkspaceId = workspaceId,
        Title = StoredText.Shorten(question, TitleLength),
        CreatedAt = now,
        UpdatedAt = now,
    };

    public void Rename(string title) => Title = title;

    public void Asked(DateTimeOffset now) => UpdatedAt = now;
}
