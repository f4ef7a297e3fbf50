using System.Collections.Concurrent;

namespace ClariBI.Connector.Vendors;

/// <summary>Whether a region of the sandbox answers. Asked at most every five seconds, so that the catalogue stays quick.</summary>
internal sealed class SandboxProbe(IHttpClientFactory clients, TimeProvider clock)
{
    private static readonly TimeSpan Remember = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<Uri, (bool Up, DateTimeOffset At)> last = new();

    public async Task<bool> IsUpAsync(Uri server, CancellationToken cancellationToken)
    {
        var health = new Uri(server, "/health");
        if (last.TryGetValue(health, out var known) && known.At + Remember > clock.GetUtcNow())
        {
            return known.Up;
        }

        var up = await AskAsync(health, cancellationToken);
        last[health] = (up, clock.GetUtcNow());
        return up;
    }

    private async Task<bool> AskAsync(Uri health, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var http = clients.CreateClient(ConnectorModule.OAuthHttpClient);
            using var response = await http.GetAsync(health, limit.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
