namespace ClariBI.Messaging;

/// <summary>How services reach each other. Bound from the <c>Messaging</c> section.</summary>
public sealed class MessagingOptions
{
    public const string SectionName = "Messaging";

    /// <summary><c>amqp://user:password@host:5672/vhost</c>. Empty: the in-memory bus, for all services in one process.</summary>
    public string RabbitMq { get; init; } = "";

    /// <summary>How many messages a process works on at once per queue.</summary>
    public int PrefetchCount { get; init; } = 32;
}
