using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Vendors;

/// <summary>Whether the sandbox answers. Asked at most every five seconds, so that the catalogue stays quick.</summary>
internal sealed class SandboxProbe(IHttpClientFactory clients, IOptions<ConnectorOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Remember = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private (bool Up, DateTimeOffset At)? last;

    public async Task<bool> IsUpAsync(CancellationToken cancellationToken)
    {
        if (last is { } known && known.At + Remember > clock.GetUtcNow())
        {
            return known.Up;
        }

        var up = await AskAsync(cancellationToken);
        last = (up, clock.GetUtcNow());
        return up;
    }

    private async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var http = clients.CreateClient(ConnectorModule.OAuthHttpClient);
            using var response = await http.GetAsync(new Uri($"{options.Value.SandboxUrl.TrimEnd('/')}/health"), limit.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
