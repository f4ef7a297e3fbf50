using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace ClariBI.Connector.Grants;

/// <summary>
/// An access token for a short while, as bytes that are cleared when it is disposed. Each request makes a header of it, which
/// is a string to the HTTP stack and lives as long as that request.
/// </summary>
internal sealed class Lease : IDisposable
{
    private readonly byte[] token;
    private bool cleared;

    /// <param name="token">UTF-8. Copied into pinned memory and cleared here.</param>
    /// <param name="expiresAt">When the lease ends.</param>
    public Lease(byte[] token, int generation, DateTimeOffset expiresAt, DateTimeOffset? tokenExpiresAt, DateTimeOffset? refreshedAt)
    {
        ArgumentNullException.ThrowIfNull(token);
        this.token = GC.AllocateUninitializedArray<byte>(token.Length, pinned: true);
        token.CopyTo(this.token, 0);
        CryptographicOperations.ZeroMemory(token);
        (Generation, ExpiresAt, TokenExpiresAt, RefreshedAt) = (generation, expiresAt, tokenExpiresAt, refreshedAt);
    }

    public int Generation { get; }

    public DateTimeOffset ExpiresAt { get; }

    public DateTimeOffset? TokenExpiresAt { get; }

    public DateTimeOffset? RefreshedAt { get; }

    /// <exception cref="ObjectDisposedException">The token was cleared.</exception>
    public AuthenticationHeaderValue Authorization()
    {
        lock (token)
        {
            ObjectDisposedException.ThrowIf(cleared, this);
            return new AuthenticationHeaderValue("Bearer", Encoding.UTF8.GetString(token));
        }
    }

    /// <summary>A server that repeats the token in what it says must not have it shown or stored.</summary>
    public string Scrub(string text)
    {
        lock (token)
        {
            return cleared || token.Length == 0 ? text : text.Replace(Encoding.UTF8.GetString(token), "[access token]", StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        lock (token)
        {
            cleared = true;
            CryptographicOperations.ZeroMemory(token);
        }
    }
}
