using System.ComponentModel.DataAnnotations;

namespace ClariBI.Gateway;

/// <summary>The edge of the product. Bound from the <c>Gateway</c> section.</summary>
public sealed class GatewayOptions
{
    public const string SectionName = "Gateway";

    /// <summary>The address people type. With https the session cookie is <c>Secure</c> and carries the <c>__Host-</c> prefix.</summary>
    [Required, Url]
    public string PublicUrl { get; init; } = "http://localhost:8080";

    /// <summary>Folder of the built SPA. Empty: only the API is served.</summary>
    public string WebRoot { get; init; } = "";

    /// <summary>Anybody may create an account and a workspace. Otherwise only the first visitor may.</summary>
    public bool OpenRegistration { get; init; }

    /// <summary>How long a session lasts after its last use.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "90.00:00:00")]
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Requests a person, or an address that is not signed in, may make in a minute.</summary>
    [Range(60, 1_000_000)]
    public int RequestsPerMinute { get; init; } = 1_200;

    /// <summary>Attempts to sign in or register that an address may make in a minute.</summary>
    [Range(1, 100_000)]
    public int SignInsPerMinute { get; init; } = 20;

    /// <summary>
    /// Addresses of the TLS proxies in front of the gateway, as IP addresses or networks (<c>10.0.0.0/8</c>). Only what they
    /// say of the caller's address (<c>X-Forwarded-For</c>) counts; without one every caller would share the proxy's limits.
    /// </summary>
    public IList<string> TrustedProxies { get; init; } = [];

    internal bool IsHttps => PublicUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
