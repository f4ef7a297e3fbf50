using Microsoft.EntityFrameworkCore;

namespace ClariBI.Messaging.Outbox;

/// <summary>
/// Adds messages to the context's next save. They are sent after it commits, at least once, and never without it;
/// receivers are idempotent. Our own and not MassTransit's, whose bus outbox serves one context per container.
/// </summary>
public interface IOutbox<TContext>
    where TContext : DbContext
{
    /// <summary>Publishes an event after the next save.</summary>
    void Publish<TMessage>(TMessage message)
        where TMessage : class;

    /// <summary>Sends a command to a queue after the next save.</summary>
    void Send<TMessage>(string queue, TMessage message)
        where TMessage : class;
}
