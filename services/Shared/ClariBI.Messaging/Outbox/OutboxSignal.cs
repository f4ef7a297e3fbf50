using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ClariBI.Messaging.Outbox;

/// <summary>Wakes the dispatcher after a save, so that nobody waits for its next look.</summary>
internal sealed class OutboxSignal<TContext> : SaveChangesInterceptor
    where TContext : DbContext
{
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is TContext)
        {
            wake.Writer.TryWrite(true);
        }

        return ValueTask.FromResult(result);
    }

    /// <summary>Returns at the next save or after <paramref name="atMost"/>, whichever is first.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(atMost);
        try
        {
            await wake.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time to look without being woken: another process may have left rows.
        }
    }
}
