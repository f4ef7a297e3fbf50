using System.Collections.Concurrent;
using ClariBI.Connector.Grants;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Mcp;

/// <summary>The open sessions, one per <see cref="SessionKey"/>; those that nobody uses are closed.</summary>
internal sealed class McpSessions(
    VaultClient vault, McpEras eras, IHttpMessageHandlerFactory handlers, IOptions<ConnectorOptions> options, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<SessionKey, Lazy<McpSession>> sessions = new();

    public McpSession Get(SessionKey key, Uri server) =>
        sessions.GetOrAdd(key, _ => new Lazy<McpSession>(() => Create(key, server))).Value;

    /// <summary>A session outside the pool, for an account that is not a data source yet. The caller disposes it.</summary>
    public McpSession Create(SessionKey key, Uri server) => new(
        server,
        new GrantBearer(vault, key, server, clock) { InnerHandler = handlers.CreateHandler(ConnectorModule.McpHttpClient) },
        eras, options.Value.SessionTimeout, clock);

    /// <summary>Closes the sessions of a data source, whatever their grant.</summary>
    public async Task CloseAsync(Guid ownerId)
    {
        foreach (var key in sessions.Keys.Where(key => key.OwnerId == ownerId))
        {
            await CloseAsync(key);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var (key, session) in sessions)
                {
                    if (session.IsValueCreated && session.Value.IsIdle(options.Value.SessionIdle))
                    {
                        await CloseAsync(key);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(sessions.Keys.Select(CloseAsync));
        }
    }

    private async Task CloseAsync(SessionKey key)
    {
        if (sessions.TryRemove(key, out var session) && session.IsValueCreated)
        {
            await session.Value.DisposeAsync();
        }
    }
}
