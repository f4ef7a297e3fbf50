using System.Net;
using ModelContextProtocol.Client;

namespace ClariBI.Connector.Mcp;

/// <summary>
/// One account's session with an MCP server, opened at first use. When the server has forgotten it (404), a new one is opened
/// and the request sent again, once.
/// </summary>
internal sealed class McpSession(Uri server, GrantBearer bearer, McpEras eras, TimeSpan patience, TimeProvider clock) : IAsyncDisposable
{
    private readonly HttpClient http = new(bearer, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly SemaphoreSlim opening = new(1, 1);
    private readonly Lock counting = new();
    private McpClient? client;
    private int users;
    private bool retired;
    private long lastUsed = clock.GetTimestamp();

    public GrantBearer Bearer => bearer;

    /// <returns>False when it is about to be closed: take another.</returns>
    public bool TryUse()
    {
        lock (counting)
        {
            users += retired ? 0 : 1;
            return !retired;
        }
    }

    public void Release()
    {
        lock (counting)
        {
            users--;
            lastUsed = clock.GetTimestamp();
        }
    }

    /// <returns>True when nobody has used it for that long; from then on nobody can.</returns>
    public bool TryRetire(TimeSpan idle)
    {
        lock (counting)
        {
            return retired = retired || (users == 0 && clock.GetElapsedTime(lastUsed) > idle);
        }
    }

    public async Task<T> RunAsync<T>(string purpose, Func<McpClient, CancellationToken, Task<T>> use, CancellationToken cancellationToken)
    {
        GrantBearer.Purpose = purpose;
        var current = await OpenAsync(cancellationToken);
        try
        {
            return await use(current, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && IsLost(exception, current))
        {
            await DropAsync(current);
            return await use(await OpenAsync(cancellationToken), cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (client is { } open)
        {
            await DropAsync(open);
        }

        http.Dispose();
        bearer.Dispose();
        opening.Dispose();
    }

    private static bool IsLost(Exception exception, McpClient current) => exception switch
    {
        HttpRequestException { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.Gone } => true,
        HttpRequestException { StatusCode: HttpStatusCode.BadRequest } bad => bad.Message.Contains("session", StringComparison.OrdinalIgnoreCase),

        // After a 404 the SDK's client is closed for good; every later call ends so.
        OperationCanceledException or ObjectDisposedException => current.Completion.IsCompleted,
        _ => false,
    };

    private async Task<McpClient> OpenAsync(CancellationToken cancellationToken)
    {
        await opening.WaitAsync(cancellationToken);
        try
        {
            return client ??= await eras.OpenAsync(server, http, patience, cancellationToken, bearer.Vendor);
        }
        finally
        {
            opening.Release();
        }
    }

    private async Task DropAsync(McpClient lost)
    {
        await opening.WaitAsync(CancellationToken.None);
        try
        {
            if (ReferenceEquals(client, lost))
            {
                client = null;
                await lost.DisposeAsync();
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException
            or ReauthorizationRequiredException or VendorUnavailableException or VendorRateLimitedException)
        {
            // Closing tells the server that the session may go; it goes by itself otherwise.
        }
        finally
        {
            opening.Release();
        }
    }
}
