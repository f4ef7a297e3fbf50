namespace ClariBI.Gateway.Sessions;

/// <summary>A session that was begun and not ended: a cookie whose session is gone opens nothing, however long it lives.</summary>
internal sealed class OpenSession
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid AccountId { get; init; }

    public required DateTimeOffset BegunAt { get; init; }
}
