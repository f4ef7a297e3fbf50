using System.ComponentModel.DataAnnotations;

namespace ClariBI.ServiceDefaults.Outbound;

/// <summary>What servers outside ClariBI may be reached. Bound from the <c>Outbound</c> section.</summary>
public sealed class OutboundOptions
{
    public const string SectionName = "Outbound";

    /// <summary>
    /// Origins (<c>http://localhost:8787</c>) that may be reached although they are private or without TLS:
    /// the sandbox, or a vendor's server inside the company's network. Blank entries count for nothing.
    /// </summary>
    public IList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Every port of this machine's loopback addresses may be reached, with TLS or without: for tests, never in production.</summary>
    public bool AllowLoopback { get; init; }

    /// <summary>Largest response body that is read, in bytes.</summary>
    [Range(64 * 1024, 256 * 1024 * 1024)]
    public long MaximumResponseBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Whether the operator opened an address: it lies at one of <see cref="AllowedOrigins"/>, or <see cref="AllowLoopback"/> holds for it.</summary>
    public bool Allows(Uri address) => IsAllowedOrigin(address) || IsAllowedLoopback(address);

    internal bool IsAllowedOrigin(Uri address) => Origins.Any(origin =>
        Uri.Compare(address, new Uri(origin), UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0);

    internal bool IsAllowedLoopback(Uri address) =>
        AllowLoopback && address is { IsLoopback: true, Scheme: "http" or "https" };

    internal bool OriginsAreAddresses =>
        Origins.All(origin => Uri.TryCreate(origin, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", UserInfo.Length: 0 });

    private IEnumerable<string> Origins => AllowedOrigins.Where(origin => !string.IsNullOrWhiteSpace(origin));
}
