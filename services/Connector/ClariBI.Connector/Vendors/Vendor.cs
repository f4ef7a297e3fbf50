namespace ClariBI.Connector.Vendors;

/// <summary>A company with a hosted MCP server: one row of <c>catalogue.json</c>.</summary>
/// <param name="Scopes">What is asked for at consent: the narrowest that reads.</param>
/// <param name="ContextTools">Tools that tell the account; the first one published is called after consent.</param>
internal sealed record Vendor(
    string Id,
    string Name,
    string Category,
    string Summary,
    string Initials,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<VendorRegion> Regions,
    IReadOnlyList<string> ContextTools,
    ToolProfile? Tools);

/// <param name="Url">The MCP endpoint.</param>
internal sealed record VendorRegion(string Id, string Name, Uri Url, bool Sandbox = false);

/// <summary>What is known of a vendor's tools by name. A tool that is not named here needs annotations that say it reads.</summary>
/// <param name="Mixed">Tools that read or write depending on one argument.</param>
/// <param name="Personal">Tools that return data on single persons or their words.</param>
internal sealed record ToolProfile(HashSet<string> Reading, Dictionary<string, MixedTool> Mixed, HashSet<string> Personal);

/// <param name="Values">The values of <paramref name="Argument"/> that read.</param>
/// <param name="Default">What the vendor takes when the argument is missing, where that reads; null: it must be given.</param>
internal sealed record MixedTool(string Argument, IReadOnlyList<string> Values, string? Default = null);
