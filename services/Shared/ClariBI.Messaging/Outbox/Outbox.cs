using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Messaging.Outbox;

internal sealed class Outbox<TContext>(TContext db, TimeProvider clock) : IOutbox<TContext>
    where TContext : DbContext
{
    public void Publish<TMessage>(TMessage message)
        where TMessage : class => Add(message, queue: null);

    public void Send<TMessage>(string queue, TMessage message)
        where TMessage : class => Add(message, queue);

    private void Add<TMessage>(TMessage message, string? queue)
        where TMessage : class
    {
        var now = clock.GetUtcNow();
        db.Set<OutboxMessage>().Add(new OutboxMessage
        {
            Type = $"{typeof(TMessage).FullName}, {typeof(TMessage).Assembly.GetName().Name}",
            Body = JsonSerializer.Serialize(message, JsonSerializerOptions.Web),
            Queue = queue,
            CreatedAt = now,
            NotBefore = now,
        });
    }
}
