using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClariBI.Messaging.Outbox;

internal sealed partial class OutboxDispatcher<TContext>(
    IServiceScopeFactory scopes, IBus bus, OutboxSignal<TContext> signal, TimeProvider clock,
    ILogger<OutboxDispatcher<TContext>> logger) : BackgroundService
    where TContext : DbContext
{
    private const int MaximumAttempts = 20;
    private const int BatchSize = 50;
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await DispatchAsync(stoppingToken) == BatchSize)
                {
                }

                await signal.WaitAsync(Look, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The database is away: look again, the rows are still there.
                LogDispatchFailed(exception, typeof(TContext).Name);
                await Task.Delay(Look, clock, stoppingToken);
            }
        }
    }

    private async Task<int> DispatchAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TContext>();
        var now = clock.GetUtcNow();
        var due = await db.Set<OutboxMessage>().AsNoTracking()
            .Where(message => message.ParkedAt == null && message.NotBefore <= now)
            .OrderBy(message => message.CreatedAt).ThenBy(message => message.Id)
            .Take(BatchSize).ToListAsync(cancellationToken);
        foreach (var message in due)
        {
            // The update is the claim: of several replicas only one changes the row it read.
            var claimed = await Rows(db, message)
                .Where(row => row.Attempts == message.Attempts && row.NotBefore == message.NotBefore)
                .ExecuteUpdateAsync(row => row.SetProperty(r => r.NotBefore, now + Claim).SetProperty(r => r.Attempts, message.Attempts + 1), cancellationToken);
            if (claimed == 1)
            {
                await SendAsync(db, message, cancellationToken);
            }
        }

        return due.Count;
    }

    private async Task SendAsync(TContext db, OutboxMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var type = Type.GetType(message.Type, throwOnError: true)!;
            var body = JsonSerializer.Deserialize(message.Body, type, JsonSerializerOptions.Web)!;
            if (message.Queue is null)
            {
                await bus.Publish(body, type, context => context.MessageId = message.Id, cancellationToken);
            }
            else
            {
                var endpoint = await bus.GetSendEndpoint(new Uri($"queue:{message.Queue}"));
                await endpoint.Send(body, type, context => context.MessageId = message.Id, cancellationToken);
            }

            await Rows(db, message).ExecuteDeleteAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var attempts = message.Attempts + 1;
            LogSendFailed(exception, message.Id, message.Type, attempts);
            var now = clock.GetUtcNow();
            var next = now + TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, attempts)));
            DateTimeOffset? parked = attempts >= MaximumAttempts ? now : null;
            await Rows(db, message).ExecuteUpdateAsync(
                row => row.SetProperty(r => r.NotBefore, next).SetProperty(r => r.ParkedAt, parked), cancellationToken);
        }
    }

    private static IQueryable<OutboxMessage> Rows(TContext db, OutboxMessage message) =>
        db.Set<OutboxMessage>().Where(row => row.Id == message.Id);

    [LoggerMessage(LogLevel.Error, "The outbox of {Context} could not be read; it is tried again.")]
    private partial void LogDispatchFailed(Exception exception, string context);

    [LoggerMessage(LogLevel.Warning, "Message {Id} ({Type}) was not sent, attempt {Attempt}.")]
    private partial void LogSendFailed(Exception exception, Guid id, string type, int attempt);
}
