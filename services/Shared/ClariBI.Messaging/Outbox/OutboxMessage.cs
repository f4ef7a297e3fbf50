namespace ClariBI.Messaging.Outbox;

/// <summary>A message that was saved together with the change it tells of, and is sent after the commit.</summary>
public sealed class OutboxMessage
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The message's .NET type, as <c>Namespace.Name, Assembly</c>.</summary>
    public required string Type { get; init; }

    public required string Body { get; init; }

    /// <summary>The queue a command goes to; null for an event, which is published.</summary>
    public string? Queue { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public int Attempts { get; set; }

    /// <summary>Not before this time: after a claim the end of it, after a failure the next try.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Set when it was given up after many attempts, so that one bad row never holds up the rest.</summary>
    public DateTimeOffset? ParkedAt { get; set; }
}
