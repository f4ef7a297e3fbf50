using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClariBI.Charts.Tiles;

/// <summary>
/// Refreshes a tile once however many ask at the same time: those who come later wait for the one under way. It does not
/// stop when the first of them goes away. Between processes the lease in <see cref="TileRefresh"/> does the same.
/// </summary>
internal sealed class TileRefresher(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime)
{
    private readonly ConcurrentDictionary<Guid, Lazy<Task>> underWay = new();

    /// <param name="requestedBy">Shown in the data source's call log.</param>
    /// <param name="onlyIfOlderThan">Leaves a tile alone that somebody else refreshed since.</param>
    public Task RefreshAsync(
        Guid tileId, string requestedBy, CancellationToken cancellationToken, DateTimeOffset? onlyIfOlderThan = null) =>
        underWay.GetOrAdd(tileId, id => new Lazy<Task>(() => RunAsync(id, requestedBy, onlyIfOlderThan))).Value.WaitAsync(cancellationToken);

    private async Task RunAsync(Guid tileId, string requestedBy, DateTimeOffset? onlyIfOlderThan)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var refresh = scope.ServiceProvider.GetRequiredService<TileRefresh>();
            await refresh.RunAsync(tileId, requestedBy, onlyIfOlderThan, lifetime.ApplicationStopping);
        }
        finally
        {
            underWay.TryRemove(tileId, out _);
        }
    }
}
