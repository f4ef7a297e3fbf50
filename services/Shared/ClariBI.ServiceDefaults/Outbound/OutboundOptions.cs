using System.ComponentModel.DataAnnotations;

namespace ClariBI.ServiceDefaults.Outbound;

/// <summary>What servers outside ClariBI may be reached. Bound from the <c>Outbound</c> section.</summary>
public sealed class OutboundOptions
{
    public const string SectionName = "Outbound";

    /// <summary>
    /// Origins (<c>http://localhost:8787</c>) that may be reached although they are private or without TLS:
    /// the sandbox, or a vendor's server inside the company's network.
    /// </summary>
    public IList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Largest response body that is read, in bytes.</summary>
    [Range(64 * 1024, 256 * 1024 * 1024)]
    public long MaximumResponseBytes { get; init; } = 8 * 1024 * 1024;
}
