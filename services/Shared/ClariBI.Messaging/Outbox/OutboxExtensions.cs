using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Messaging.Outbox;

public static class OutboxExtensions
{
    /// <summary>Gives <typeparamref name="TContext"/> an <see cref="IOutbox{TContext}"/>; its model calls <see cref="AddOutbox(ModelBuilder)"/>.</summary>
    public static WebApplicationBuilder AddOutbox<TContext>(this WebApplicationBuilder builder)
        where TContext : DbContext
    {
        builder.Services.AddSingleton<OutboxSignal<TContext>>();
        builder.Services.AddSingleton<IInterceptor>(provider => provider.GetRequiredService<OutboxSignal<TContext>>());
        builder.Services.AddScoped<IOutbox<TContext>, Outbox<TContext>>();
        builder.Services.AddHostedService<OutboxDispatcher<TContext>>();
        return builder;
    }

    /// <summary>Adds the table.</summary>
    public static void AddOutbox(this ModelBuilder model)
    {
        model.Entity<OutboxMessage>(message =>
        {
            message.ToTable("Outbox");
            message.HasKey(row => row.Id);
            message.Property(row => row.Type).HasMaxLength(300);
            message.Property(row => row.Queue).HasMaxLength(200);
            message.HasIndex(row => new { row.ParkedAt, row.NotBefore });
        });
    }
}
