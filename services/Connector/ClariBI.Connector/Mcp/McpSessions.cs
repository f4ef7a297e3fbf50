using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Mcp;

/// <summary>The open sessions, one per <see cref="SessionKey"/>; those that nobody uses are closed, and what is kept beside them is swept.</summary>
internal sealed partial class McpSessions(
    McpSessionFactory factory, IEnumerable<ISwept> kept, IOptions<ConnectorOptions> options, TimeProvider clock, ILogger<McpSessions> logger)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<SessionKey, Lazy<McpSession>> sessions = new();

    /// <summary>The session is not closed for idleness before the use is disposed.</summary>
    /// <exception cref="VendorUnavailableException">All places are taken by sessions in use.</exception>
    public SessionUse Use(SessionKey key, Uri server)
    {
        while (true)
        {
            if (sessions.Count >= options.Value.MostSessions && !sessions.ContainsKey(key))
            {
                MakeRoom();
            }

            var entry = sessions.GetOrAdd(key, _ => new Lazy<McpSession>(() => factory.Create(key, server)));
            if (entry.Value.TryUse())
            {
                return new SessionUse(entry.Value);
            }

            // Whoever retired it closes it; it must not be found again in the meantime.
            sessions.TryRemove(KeyValuePair.Create(key, entry));
        }
    }

    /// <summary>Closes the sessions of a data source, whatever their grant. Calls that are under way come to their end.</summary>
    public async Task CloseAsync(Guid ownerId)
    {
        foreach (var key in sessions.Keys.Where(key => key.OwnerId == ownerId))
        {
            if (sessions.TryRemove(key, out var session))
            {
                await CloseAsync(key, session, open => open.RetireAsync());
            }
        }
    }

    public async Task CloseIdleAsync()
    {
        foreach (var cache in kept)
        {
            cache.Sweep();
        }

        foreach (var (key, session) in sessions)
        {
            if (session.IsValueCreated && session.Value.TryRetire(options.Value.SessionIdle))
            {
                sessions.TryRemove(KeyValuePair.Create(key, session));
                await CloseAsync(key, session);
            }
        }
    }

    /// <summary>Closes the session that nobody has used for the longest.</summary>
    private void MakeRoom()
    {
        foreach (var (key, session) in sessions.Where(entry => entry.Value.IsValueCreated).OrderByDescending(entry => entry.Value.Value.Idle))
        {
            if (session.Value.TryRetire(TimeSpan.Zero))
            {
                sessions.TryRemove(KeyValuePair.Create(key, session));
                _ = CloseAsync(key, session);
                return;
            }
        }

        throw new VendorUnavailableException("Too many accounts are being asked at this moment. Try again in a moment.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await CloseIdleAsync();
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(sessions.Select(entry => CloseAsync(entry.Key, entry.Value)));
        }
    }

    private Task CloseAsync(SessionKey key, Lazy<McpSession> session) => CloseAsync(key, session, open => open.DisposeAsync());

    private async Task CloseAsync(SessionKey key, Lazy<McpSession> session, Func<McpSession, ValueTask> close)
    {
        if (!session.IsValueCreated)
        {
            return;
        }

        try
        {
            await close(session.Value);
        }
        catch (Exception exception)
        {
            // It is out of the pool in any case, and one session's trouble must not end the others.
            LogNotClosed(exception, key.OwnerId);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The session of {OwnerId} could not be closed properly.")]
    private partial void LogNotClosed(Exception exception, Guid ownerId);
}
