using System.Text.Json.Serialization;
using ClariBI.Contracts;

namespace ClariBI.Connector.Vendors;

/// <summary>A company with a hosted MCP server: one row of <c>Catalogue/*.json</c>.</summary>
/// <param name="Scopes">What is asked for at consent: the narrowest that reads. Empty: what the server asks for by itself.</param>
/// <param name="Regions">The addresses; empty where <paramref name="UrlHint"/> asks for one.</param>
/// <param name="ContextTools">Tools that tell the account; the first one published is called after consent.</param>
/// <param name="UrlHint">Set where every customer has an address of its own, which the person gives: what it looks like.</param>
/// <param name="AdminStep">What an administrator has to do at the vendor first, in a sentence; null: nothing.</param>
/// <param name="OwnerOnly">Whether only owners of a workspace may connect it.</param>
internal sealed record Vendor(
    string Id,
    string Name,
    string Category,
    string Summary,
    string Initials,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<VendorRegion> Regions,
    IReadOnlyList<string> ContextTools,
    ToolProfile? Tools = null,
    string? UrlHint = null,
    string? AdminStep = null,
    bool OwnerOnly = false)
{
    private readonly VendorQuirks? quirks;

    /// <summary>Everybody in the workspace would trust a server whose address somebody typed in.</summary>
    public bool NeedsOwner => OwnerOnly || (UrlHint is not null && Regions.Count == 0);

    public VendorQuirks Quirks
    {
        get => quirks ?? VendorQuirks.None;
        init => quirks = value;
    }

    /// <summary>
    /// Whether an address belongs to whoever runs the server: its host or one under it, or both under one of the vendor's own
    /// domains. Hosts that only end alike prove nothing: everybody gets one under <c>workers.dev</c>.
    /// </summary>
    public bool Owns(Uri server, Uri address) => IsUnder(address, server.IdnHost) || Vouches(server, address);

    /// <summary>Whether the row says that the address and the server belong together.</summary>
    public bool Vouches(Uri server, Uri address) =>
        Quirks.OwnDomains.Any(domain => IsUnder(address, domain))
        && (Quirks.OwnDomains.Any(domain => IsUnder(server, domain)) || Regions.Any(region => VendorCatalogue.SameOrigin(region.Url, server)));

    private static bool IsUnder(Uri address, string domain) =>
        address.IdnHost.Equals(domain, StringComparison.OrdinalIgnoreCase) || address.IdnHost.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase);
}

/// <param name="Url">The MCP endpoint.</param>
internal sealed record VendorRegion(string Id, string Name, Uri Url, bool Sandbox = false);

/// <summary>Where a vendor's server departs from what the specification lets a client expect.</summary>
/// <param name="SendResource">False where the vendor refuses <c>resource</c> (RFC 8707) in its requests.</param>
/// <param name="OriginIsIssuer">Revision 2025-03-26: without protected-resource metadata the server's own origin is the authorization server.</param>
/// <param name="ServiceAccounts">Whether the vendor grants access to service accounts (RFC 6749 section 4.4).</param>
/// <param name="ElicitationDefaults">Whether an elicitation is answered with its schema's defaults; it is declined elsewhere.</param>
/// <param name="CallsPerMinute">What the vendor allows one account; null: not known.</param>
/// <param name="CallsAtOnce">Calls under way at one time; null: the option's value.</param>
/// <param name="EveryScope">Ask for every scope that the server names, and not for its reading ones alone.</param>
internal sealed record VendorQuirks(
    RegistrationKind Registration = RegistrationKind.Automatic,
    bool SendResource = true,
    bool OriginIsIssuer = false,
    bool ServiceAccounts = false,
    bool ElicitationDefaults = false,
    int? CallsPerMinute = null,
    int? CallsAtOnce = null,
    bool EveryScope = false)
{
    public static VendorQuirks None { get; } = new();

    /// <summary>Domains under which everything is the vendor's: sign-in servers and servers there trust each other.</summary>
    public IReadOnlyList<string> OwnDomains { get; init; } = [];
}

[JsonConverter(typeof(SnakeCaseEnumConverter<RegistrationKind>))]
internal enum RegistrationKind
{
    /// <summary>A client of the configuration, else a metadata document, else dynamic registration: what the server supports first.</summary>
    Automatic,

    /// <summary>The vendor registers no clients by itself: the operator or the person gives one.</summary>
    PreRegistered,
}

/// <summary>What is known of a vendor's tools by name. A tool that is not named here needs annotations that say it reads.</summary>
/// <param name="Mixed">Tools that read or write depending on one argument.</param>
/// <param name="Personal">Tools that return data on single persons. This says nothing of whether they read.</param>
/// <param name="FreeText">Tools that return what people wrote or said. This says nothing of whether they read.</param>
/// <param name="Cleared">Tools whose names sound like writing and that an operator has looked at: the words do not refuse them. In the operator's file only, and only for tools that <paramref name="Reading"/> or <paramref name="Mixed"/> names.</param>
internal sealed record ToolProfile(
    HashSet<string> Reading, Dictionary<string, MixedTool> Mixed, HashSet<string> Personal, HashSet<string>? FreeText = null,
    HashSet<string>? Cleared = null)
{
    /// <summary>Whether somebody has looked at what the tool does.</summary>
    public bool Knows(string tool) => Reading.Contains(tool) || Mixed.ContainsKey(tool);
}

/// <param name="Values">The values of <paramref name="Argument"/> that read.</param>
/// <param name="Default">What the vendor takes when the argument is missing, where that reads; null: it must be given.</param>
internal sealed record MixedTool(string Argument, IReadOnlyList<string> Values, string? Default = null);
