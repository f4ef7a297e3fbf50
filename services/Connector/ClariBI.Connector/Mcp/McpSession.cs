using System.Text.Json;
using ClariBI.ServiceDefaults.Outbound;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClariBI.Connector.Mcp;

/// <summary>
/// One account's session with an MCP server, opened at first use. When the server has forgotten it (404 and its kin), a new one
/// is opened, once for all who were using it, and the request is sent again, once.
/// </summary>
internal sealed class McpSession(Uri server, GrantBearer bearer, McpEras eras, TimeSpan patience, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(2);

    private readonly HttpClient http = new(bearer, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly SemaphoreSlim opening = new(1, 1);
    private readonly Lock counting = new();
    private McpClient? client;
    private IReadOnlyList<Tool> known = [];
    private int users;
    private bool retired;
    private bool closesWhenFree;
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
            if (users > 0 || !closesWhenFree)
            {
                return;
            }

            closesWhenFree = false;
        }

        _ = DisposeAsync().AsTask();
    }

    /// <summary>Nobody can take it from here on. It is closed now, or by the last of those who still work with it.</summary>
    public ValueTask RetireAsync()
    {
        lock (counting)
        {
            retired = true;
            closesWhenFree = users > 0;
            if (closesWhenFree)
            {
                return ValueTask.CompletedTask;
            }
        }

        return DisposeAsync();
    }

    public TimeSpan Idle
    {
        get
        {
            lock (counting)
            {
                return users == 0 ? clock.GetElapsedTime(lastUsed) : TimeSpan.Zero;
            }
        }
    }

    /// <returns>True when nobody has used it for that long; from then on nobody can.</returns>
    public bool TryRetire(TimeSpan idle)
    {
        lock (counting)
        {
            return retired = retired || (users == 0 && clock.GetElapsedTime(lastUsed) >= idle);
        }
    }

    /// <param name="repeatable">Whether the request may be sent again although the vendor may have carried it out.</param>
    /// <exception cref="SessionBrokenException">It is not repeatable, and the session ended under it.</exception>
    public async Task<T> RunAsync<T>(
        string purpose, Func<McpClient, CancellationToken, Task<T>> use, CancellationToken cancellationToken, bool repeatable = true)
    {
        var trace = RequestTrace.Begin(purpose);
        var established = client is not null;
        var current = await OpenAsync(cancellationToken);
        try
        {
            return await AskAsync(current);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && Loss(exception) is var loss && loss != SessionLoss.None)
        {
            await DropAsync(current);
            if (loss == SessionLoss.Broken && !repeatable)
            {
                throw new SessionBrokenException(exception);
            }

            return await AskAsync(await OpenAsync(cancellationToken));
        }

        SessionLoss Loss(Exception exception) => SessionLosses.Of(exception, established);

        async Task<T> AskAsync(McpClient open)
        {
            try
            {
                return await use(open, cancellationToken);
            }
            catch (McpException) when (trace.PassedLimit is { } limit)
            {
                throw new ResponseTooLargeException(limit);
            }
        }
    }

    /// <summary>
    /// Calls a tool. When the caller stops waiting, the request is aborted, and a server with sessions is told (revisions to
    /// 2025-11-25; in later ones the end of the request says it).
    /// </summary>
    /// <param name="onSent">Called right before each sending.</param>
    public async Task<ToolResult> CallToolAsync(
        string tool, JsonElement arguments, Action onSent, Action onProgress, bool repeatable, CancellationToken cancellationToken)
    {
        (McpClient Client, RequestTrace Trace)? sent = null;
        try
        {
            return Scrub(await RunAsync(
                $"tools/call {tool}",
                (open, token) =>
                {
                    sent = (open, RequestTrace.Current!);
                    onSent();
                    return VendorTools.CallAsync(open, tool, arguments, token, onProgress);
                },
                cancellationToken, repeatable));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && sent is { Trace.CallId: { } id } last)
        {
            _ = TellCancelledAsync(last.Client, id);
            throw;
        }
    }

    /// <summary>Tells clients that are opened later which arguments their calls repeat in headers (<c>Mcp-Param-*</c>).</summary>
    public void Knows(IReadOnlyList<Tool> tools) => known = tools;

    public async ValueTask DisposeAsync()
    {
        if (client is { } open)
        {
            await DropAsync(open);
        }

        // Not the semaphore: whoever is still in it would find it gone.
        http.Dispose();
        bearer.Dispose();
    }

    private ToolResult Scrub(ToolResult result) => bearer.Latest is not { } lease ? result : result with
    {
        Text = lease.Scrub(result.Text),
        Blocks = [.. result.Blocks.Select(lease.Scrub)],
        Structured = result.Structured is { } structured && structured.GetRawText() is var raw && lease.Scrub(raw) is var scrubbed && scrubbed != raw
            ? JsonElement.Parse(scrubbed)
            : result.Structured,
    };

    private async Task<McpClient> OpenAsync(CancellationToken cancellationToken)
    {
        await opening.WaitAsync(cancellationToken);
        try
        {
            if (client is null)
            {
                var opened = await eras.OpenAsync(server, http, patience, cancellationToken, bearer.Vendor);
                opened.AddKnownTools(known);
                client = opened;
                ConnectorTelemetry.Sessions.Add(1);
            }

            return client;
        }
        finally
        {
            opening.Release();
        }
    }

    private async Task TellCancelledAsync(McpClient open, RequestId call)
    {
        if (open.SessionId is null || open.Completion.IsCompleted || !TryUse())
        {
            return;
        }

        try
        {
            using var limit = new CancellationTokenSource(FarewellPatience);
            await open.SendNotificationAsync(
                NotificationMethods.CancelledNotification,
                new CancelledNotificationParams { RequestId = call, Reason = "Nobody waits for the result any more." },
                cancellationToken: limit.Token);
        }
        catch (Exception exception) when (IsLeaving(exception))
        {
            // It was a courtesy.
        }
        finally
        {
            Release();
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
                ConnectorTelemetry.Sessions.Add(-1);
                await lost.DisposeAsync();
            }
        }
        catch (Exception exception) when (IsLeaving(exception))
        {
            // Closing tells the server that the session may go; it goes by itself otherwise.
        }
        finally
        {
            opening.Release();
        }
    }

    /// <summary>What may go wrong in a last word to a server, and matters to nobody.</summary>
    private static bool IsLeaving(Exception exception) => exception is HttpRequestException or IOException or OperationCanceledException
        or ObjectDisposedException or McpException or ReauthorizationRequiredException or VendorUnavailableException
        or VendorRateLimitedException or VendorBusyException or InsufficientScopeException;
}
