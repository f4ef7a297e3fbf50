using System.Collections.Concurrent;
using System.Net;
using ClariBI.Connector.Authorizations.Discovery;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Grants;
using ClariBI.Contracts.CredentialVault;
using ClariBI.ServiceDefaults.Outbound;

namespace ClariBI.Connector.Mcp;

/// <summary>
/// Puts a leased access token on every request to one MCP server. A 401 costs one forced refresh and one resend: the vendor
/// did not execute what it did not accept. A fresh token that is rejected as well is the vault's to judge, which renews again
/// after a pause; but inside a session it may be the session or the tool that is refused, and only a new session can tell.
/// </summary>
internal sealed class GrantBearer(VaultClient vault, SessionKey key, Uri server, TimeProvider clock) : DelegatingHandler
{
    /// <summary>No longer, so that a deleted credential is out of use soon and the vault refreshes ahead of the expiry.</summary>
    private static readonly TimeSpan LongestReuse = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private const string SessionHeader = "Mcp-Session-Id";
    private const int MostResends = 2;
    private const int MostRefusingTools = 200;
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);
    private static readonly TimeSpan TellingPatience = TimeSpan.FromSeconds(5);

    /// <summary>Tools that refuse what the list accepts, and until when that is believed: no renewal would help there.</summary>
    private readonly ConcurrentDictionary<string, DateTimeOffset> refusingTools = new(StringComparer.Ordinal);

    /// <summary>Never disposed: it makes no wait handle, and a request may be on its way when the session is closed.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2213", Justification = "See the summary.")]
    private readonly SemaphoreSlim leasing = new(1, 1);
    private (Lease Lease, DateTimeOffset Until)? held;

    /// <summary>The newest generation that came of a forced refresh and was rejected all the same, inside a session.</summary>
    private int? rejectedInSession;

    /// <summary>The generation that the vault was told of as rejected, for as long as it may work after all.</summary>
    private int? refused;

    public string Vendor => key.Vendor;

    /// <summary>The lease in use; null before the first request.</summary>
    public Lease? Latest => held?.Lease;

    /// <summary>The server listed its tools for a token that this tool refused: it is the tool, for a while.</summary>
    public void NoteRefuses(string tool)
    {
        if (refusingTools.Count >= MostRefusingTools)
        {
            refusingTools.Clear();
        }

        refusingTools[tool] = clock.GetUtcNow() + Remembered;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!SameOrigin(request.RequestUri!, server))
        {
            throw new VendorUnavailableException($"A request for {server.Host} was to go to {request.RequestUri!.Host}; it was not sent.");
        }

        var trace = RequestTrace.Current;
        if (request.Content is not null)
        {
            await request.Content.LoadIntoBufferAsync(cancellationToken);
            await (trace?.NoteAsync(request.Content, cancellationToken) ?? Task.CompletedTask);
        }

        if (trace is not null)
        {
            request.Options.Set(ResponseTooLargeException.Told, trace.NotePassedLimit);
        }

        if (key.Open)
        {
            return await SendOpenAsync(request, cancellationToken);
        }

        var generation = await AuthorizeAsync(request, rejected: null, cancellationToken);
        var response = await ForwardAsync(request, cancellationToken);
        for (var resends = 0; response.StatusCode == HttpStatusCode.Unauthorized; resends++)
        {
            response.Dispose();
            if (trace?.Tool is { } tool && refusingTools.TryGetValue(tool, out var until) && until > clock.GetUtcNow())
            {
                throw new ToolRefusedException($"{server.Host} does not accept the access for {tool}.");
            }

            if (resends == MostResends || (request.Headers.Contains(SessionHeader) && (resends > 0 || generation == rejectedInSession)))
            {
                rejectedInSession = generation;
                throw Rejected(retryAfter: null);
            }

            generation = await AuthorizeAsync(request, generation, cancellationToken);
            response = await ForwardAsync(request, cancellationToken);
        }

        if (generation == refused && response.IsSuccessStatusCode)
        {
            // The answer is there; it does not wait for the vault.
            refused = null;
            _ = TellAcceptedAsync(generation);
        }

        return Read(response);
    }

    /// <summary>A connection that is closed from our side in the instant in which the answer begins fails inside .NET's parser.</summary>
    private async Task<HttpResponseMessage> ForwardAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (ArgumentOutOfRangeException closed) when (closed.Source == "System.Net.Http")
        {
            throw new IOException("The connection was closed under the answer.", closed);
        }
    }

    /// <summary>A server that asks nobody to sign in is sent no token.</summary>
    private async Task<HttpResponseMessage> SendOpenAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await ForwardAsync(request, cancellationToken);
        return response.StatusCode == HttpStatusCode.Unauthorized
            ? throw Ended(response, new ReauthorizationRequiredException($"{server.Host} asks to sign in by now. Connect again.", StateCodes.TokenRejected))
            : Read(response);
    }

    private HttpResponseMessage Read(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.Forbidden when MissingScope(response) is { } scope => throw Ended(response, new InsufficientScopeException(scope)),
        HttpStatusCode.TooManyRequests => throw Ended(response, new VendorRateLimitedException(RetryAfter(response))),
        HttpStatusCode.ServiceUnavailable when RetryAfter(response) is { } wait => throw Ended(response, new VendorBusyException(wait)),
        _ => response,
    };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            held?.Lease.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool SameOrigin(Uri left, Uri right) =>
        Uri.Compare(left, right, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <returns>Null unless the challenge says that scopes are missing (RFC 6750 section 3.1).</returns>
    private static string? MissingScope(HttpResponseMessage response) =>
        BearerChallenge.Of(response) is { } challenge && challenge.GetValueOrDefault("error") == "insufficient_scope"
            ? challenge.GetValueOrDefault("scope") ?? ""
            : null;

    private static Exception Ended(HttpResponseMessage response, Exception exception)
    {
        response.Dispose();
        return exception;
    }

    private VendorUnavailableException Rejected(TimeSpan? retryAfter) =>
        new($"{server.Host} rejects the access that it has just renewed.", StateCodes.AccessRefused, retryAfter);

    /// <summary>Servers exist that need a moment to know what they renewed: the vault then counts no further.</summary>
    private async Task TellAcceptedAsync(int generation)
    {
        try
        {
            using var limit = new CancellationTokenSource(TellingPatience);
            using var lease = await vault.LeaseAsync(key.GrantId, key.WorkspaceId, null, "accepted after all", limit.Token, generation);
        }
        catch (Exception exception) when (exception is LeaseRefusedException or VaultUnavailableException or OperationCanceledException or ObjectDisposedException)
        {
            // The next rejection counts one more than it should, and nothing else.
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date - clock.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;
    }

    /// <summary>Inside the lock, since a lease that is replaced is cleared.</summary>
    /// <param name="rejected">The generation that the vendor answered 401 to.</param>
    /// <returns>The generation of the token on the request.</returns>
    private async Task<int> AuthorizeAsync(HttpRequestMessage request, int? rejected, CancellationToken cancellationToken)
    {
        await leasing.WaitAsync(cancellationToken);
        try
        {
            if (held is not { } usable || usable.Until <= clock.GetUtcNow() || rejected >= usable.Lease.Generation)
            {
                var lease = await vault.LeaseAsync(
                    key.GrantId, key.WorkspaceId, rejected, RequestTrace.Current?.Purpose ?? "mcp session", cancellationToken);
                var longest = clock.GetUtcNow() + LongestReuse;
                held?.Lease.Dispose();
                held = usable = (lease, lease.ExpiresAt < longest ? lease.ExpiresAt : longest);
            }

            request.Headers.Authorization = usable.Lease.Authorization();
            return usable.Lease.Generation;
        }
        catch (LeaseRefusedException ended) when (ended.Reason is LeaseRefusal.GrantEnded or LeaseRefusal.NotFound)
        {
            throw new ReauthorizationRequiredException(ended.Message, StateCodes.GrantEnded);
        }
        catch (LeaseRefusedException hopeless) when (hopeless is { Reason: LeaseRefusal.TokenRejected, RetryAt: null })
        {
            throw new ReauthorizationRequiredException(hopeless.Message, StateCodes.TokenRejected, freshTokenRejected: true);
        }
        catch (LeaseRefusedException paused) when (paused.Reason == LeaseRefusal.TokenRejected)
        {
            refused = rejected;
            var wait = paused.RetryAt - clock.GetUtcNow();
            throw Rejected(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        }
        catch (Exception exception) when (exception is LeaseRefusedException or VaultUnavailableException)
        {
            throw new VendorUnavailableException(exception.Message, exception is VaultUnavailableException ? StateCodes.VaultUnreachable : null);
        }
        catch (ObjectDisposedException)
        {
            throw new VendorUnavailableException("The session was closed meanwhile. Try again.");
        }
        finally
        {
            leasing.Release();
        }
    }
}
