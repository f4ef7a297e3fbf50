using System.Net;
using ClariBI.Connector.Grants;
using ClariBI.Contracts.CredentialVault;

namespace ClariBI.Connector.Mcp;

/// <summary>
/// Puts a leased access token on every request to one MCP server. A 401 costs one forced refresh and one resend: the vendor
/// did not execute what it did not accept. A fresh token that is rejected as well needs a person, not another refresh.
/// </summary>
internal sealed class GrantBearer(VaultClient vault, SessionKey key, Uri server, TimeProvider clock) : DelegatingHandler
{
    /// <summary>No longer, so that a deleted credential is out of use soon and the vault refreshes ahead of the expiry.</summary>
    private static readonly TimeSpan LongestReuse = TimeSpan.FromMinutes(2);
    private static readonly AsyncLocal<string?> CurrentPurpose = new();

    /// <summary>Never disposed: it makes no wait handle, and a request may be on its way when the session is closed.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2213", Justification = "See the summary.")]
    private readonly SemaphoreSlim leasing = new(1, 1);
    private (Lease Lease, DateTimeOffset Until)? held;

    /// <summary>For the vault's access log: what the requests of this flow of execution are for.</summary>
    public static string Purpose
    {
        get => CurrentPurpose.Value ?? "mcp session";
        set => CurrentPurpose.Value = value;
    }

    /// <summary>The lease in use; null before the first request.</summary>
    public Lease? Latest => held?.Lease;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!SameOrigin(request.RequestUri!, server))
        {
            throw new VendorUnavailableException($"A request for {server.Host} was to go to {request.RequestUri!.Host}; it was not sent.");
        }

        if (request.Content is not null)
        {
            await request.Content.LoadIntoBufferAsync(cancellationToken);
        }

        var generation = await AuthorizeAsync(request, rejected: null, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            response.Dispose();
            generation = await AuthorizeAsync(request, generation, cancellationToken);
            response = await base.SendAsync(request, cancellationToken);
        }

        switch (response.StatusCode)
        {
            case HttpStatusCode.Unauthorized:
                response.Dispose();

                // The vault learns of it too, and does not renew for every request to come.
                await AuthorizeAsync(request, generation, cancellationToken);
                throw new ReauthorizationRequiredException($"{server.Host} rejects the access it gave, even renewed. Connect again.");
            case HttpStatusCode.TooManyRequests:
                var retryAfter = response.Headers.RetryAfter;
                response.Dispose();
                throw new VendorRateLimitedException(retryAfter?.Delta ?? (retryAfter?.Date - clock.GetUtcNow()));
            default:
                return response;
        }
    }

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

    /// <summary>Puts a token on the request.</summary>
    /// <returns>Its generation.</returns>
    private async Task<int> AuthorizeAsync(HttpRequestMessage request, int? rejected, CancellationToken cancellationToken)
    {
        await leasing.WaitAsync(cancellationToken);
        try
        {
            if (held is { } reusable && reusable.Until > clock.GetUtcNow() && !(rejected >= reusable.Lease.Generation))
            {
                request.Headers.Authorization = reusable.Lease.Authorization();
                return reusable.Lease.Generation;
            }

            var lease = await vault.LeaseAsync(key.GrantId, key.WorkspaceId, rejected, Purpose, cancellationToken);
            var longest = clock.GetUtcNow() + LongestReuse;
            held?.Lease.Dispose();
            held = (lease, lease.ExpiresAt < longest ? lease.ExpiresAt : longest);
            request.Headers.Authorization = lease.Authorization();
            return lease.Generation;
        }
        catch (LeaseRefusedException refused) when (refused.Reason is LeaseRefusal.GrantEnded or LeaseRefusal.NotFound or LeaseRefusal.TokenRejected)
        {
            throw new ReauthorizationRequiredException(refused.Message);
        }
        catch (Exception exception) when (exception is LeaseRefusedException or VaultUnavailableException)
        {
            throw new VendorUnavailableException(exception.Message);
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
