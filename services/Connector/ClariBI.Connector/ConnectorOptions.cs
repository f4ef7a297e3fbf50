using System.ComponentModel.DataAnnotations;
using ClariBI.Connector.Authorizations.Registration;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector;

/// <summary>How the Connector reaches vendors and how patient it is. Bound from the <c>Connector</c> section.</summary>
public sealed class ConnectorOptions
{
    public const string SectionName = "Connector";

    /// <summary>The origin people open ClariBI at; the OAuth redirect address is made from it and registered with vendors.</summary>
    [Required, Url]
    public string PublicUrl { get; init; } = "http://localhost:8080";

    /// <summary>The origin of the Amplitude sandbox; empty where there is none. <c>Outbound:AllowedOrigins</c> must hold it too.</summary>
    public string SandboxUrl { get; init; } = "";

    /// <summary>The origin of the sandbox's EU region, where it runs one; empty where not.</summary>
    public string SandboxEuUrl { get; init; } = "";

    /// <summary>A JSON file with further rows of the catalogue, or rows that stand in for ours by their id; empty: none.</summary>
    public string CatalogueFile { get; init; } = "";

    /// <summary>
    /// The address of the client id metadata document, which vendors fetch; empty: <see cref="PublicUrl"/> with
    /// <c>/oauth/client-metadata.json</c> where that is https, else none.
    /// </summary>
    public string ClientMetadataUrl { get; init; } = "";

    /// <summary>Clients that were registered with vendors by hand.</summary>
    [ValidateEnumeratedItems]
    public IList<ConfiguredClient> Clients { get; init; } = [];

    /// <summary>The client id where a vendor reads metadata documents; null where vendors could not fetch ours.</summary>
    internal string? ClientMetadataDocument =>
        ClientMetadataUrl.Length > 0 ? ClientMetadataUrl
        : PublicUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? $"{PublicUrl.TrimEnd('/')}{Authorizations.ClientMetadata.Path}"
        : null;

    /// <summary>Where vendors send people back to: the one address that is registered, and sent at consent and at the exchange.</summary>
    internal string RedirectUri => $"{PublicUrl.TrimEnd('/')}/api/oauth/callback";

    /// <summary>Longest wait for one discovery, registration or token request.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan OAuthTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest wait to open an MCP session or to list tools.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest a tool call may take, whatever its caller allows.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LongestCall { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Largest text of a tool's result, in bytes of UTF-8.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int LargestResult { get; init; } = 4 * 1024 * 1024;

    /// <summary>How long a list of tools is believed before the vendor is asked again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan InventoryLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A session that nobody used for this long is closed.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Most sessions that are open at one time; the one that was idle for the longest makes room.</summary>
    [Range(1, 100_000)]
    public int MostSessions { get; init; } = 1000;

    /// <summary>A call that shows no sign of life for this long, neither a result nor progress, is given up.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CallIdle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Calls under way at one time to one data source, where its vendor's row of the catalogue says nothing else.</summary>
    [Range(1, 1000)]
    public int CallsAtOnce { get; init; } = 8;

    /// <summary>How many replicas of the Connector run: each keeps to its share of what a vendor allows.</summary>
    [Range(1, 100)]
    public int Replicas { get; init; } = 1;

    /// <summary>Most rows of a tool's result; the others are left out whole and counted.</summary>
    [Range(1, 1_000_000)]
    public int LargestRows { get; init; } = 10_000;

    /// <summary>How long a call stays in the log.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan CallLogRetention { get; init; } = TimeSpan.FromDays(90);
}
