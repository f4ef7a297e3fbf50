using System.Runtime.CompilerServices;
using ClariBI.Connector.DataSources;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Tools.Definitions;
using ClariBI.Connector.Tools.Pins;
using ClariBI.Connector.Vendors;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Tools;

/// <param name="Standing">How its definition stands to the one that was approved.</param>
/// <param name="Pin">Null where nothing was approved under this name.</param>
internal sealed record JudgedTool(PublishedTool Tool, ToolVerdict Verdict, ToolDefinition Definition, ToolStanding Standing, Pin? Pin)
{
    /// <summary>Whether an owner's approval is what it waits for.</summary>
    public bool IsPending => Verdict.Verdict == Tools.Verdict.Quarantined && Definition.Flaw is null;

    public bool CanSwitch => Verdict.IsAdmitted || Verdict is { Verdict: Tools.Verdict.Off, Layer: PolicyLayer.Switch };
}

internal sealed record AdmittedTool(PublishedTool Tool, ToolVerdict Verdict);

/// <param name="CheckedAt">When the vendor published it.</param>
internal sealed record JudgedList(IReadOnlyList<JudgedTool> Tools, PinSet Pins, DateTimeOffset CheckedAt);

/// <summary>
/// A data source's tools with the verdicts of every layer, judged anew at every use: the one place that the list for the engine,
/// the tool page and the call path share.
/// </summary>
internal sealed class DataSourceTools(
    SessionCaches caches, VendorCatalogue catalogue, ToolPins pins, IOptions<ConnectorOptions> options, TimeProvider clock)
{
    private readonly ConditionalWeakTable<IReadOnlyList<PublishedTool>, object> listed = [];

    public SessionUse Open(DataSource source) => caches.Sessions.Use(source.SessionKey, new Uri(source.ServerUrl));

    public Vendor? VendorOf(DataSource source) => catalogue.Find(source.Vendor);

    /// <summary>Ends when listing has taken too long. The caller disposes it.</summary>
    public CancellationTokenSource Limit(CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.SessionTimeout);
        return limit;
    }

    /// <param name="oldest">How old the vendor's list may be; null: as long as it is kept.</param>
    public async Task<JudgedList> ReadAsync(DataSource source, McpSession session, TimeSpan? oldest, CancellationToken cancellationToken)
    {
        var published = await PublishedAsync(source, session, cancellationToken);
        if (clock.GetUtcNow() - SeenAt(published) > oldest)
        {
            caches.Inventories.Forget(source.SessionKey);
            published = await PublishedAsync(source, session, cancellationToken);
        }

        var pinned = await pins.GetAsync(source, published, cancellationToken);
        return new JudgedList([.. published.Select(tool => Judge(source, tool, pinned))], pinned, SeenAt(published));
    }

    public async Task<IReadOnlyList<JudgedTool>> ListAsync(DataSource source, McpSession session, CancellationToken cancellationToken) =>
        (await ReadAsync(source, session, null, cancellationToken)).Tools;

    /// <returns>Null when the vendor does not publish it, not even after asking again.</returns>
    public async Task<JudgedTool?> FindAsync(DataSource source, McpSession session, string name, CancellationToken cancellationToken)
    {
        var published = await PublishedAsync(source, session, cancellationToken);
        if (!published.Any(tool => tool.Name == name))
        {
            caches.Inventories.Forget(source.SessionKey);
            published = await PublishedAsync(source, session, cancellationToken);
        }

        return published.FirstOrDefault(tool => tool.Name == name) is { } found
            ? Judge(source, found, await pins.GetAsync(source, published, cancellationToken))
            : null;
    }

    /// <summary>The pins alone, without a word from the vendor.</summary>
    public async Task<PinSet> PinsAsync(DataSource source, CancellationToken cancellationToken) =>
        source.ToolsVersion == 0 ? PinSet.None : await pins.GetAsync(source, [], cancellationToken);

    public JudgedTool Judge(DataSource source, PublishedTool tool, PinSet pinned)
    {
        var definition = ToolDefinition.Of(tool);
        var standing = pinned.Standing(tool.Name, definition.Hash);
        var verdict = definition.Flaw is { } flaw
            ? new ToolVerdict(Verdict.Quarantined, PolicyLayer.Pin, flaw)
            : ToolPolicy.Judge(tool, Context(source.Vendor, source.ScopeList, new DataClasses(source.PersonalTools, source.FreeTextTools)), standing);
        return new JudgedTool(tool, verdict, definition, standing, pinned.Find(tool.Name));
    }

    /// <summary>Before there is a data source: the tools that their definitions alone let in.</summary>
    public IReadOnlyList<AdmittedTool> Admitted(string vendor, IReadOnlyList<string> scopes, IReadOnlyList<PublishedTool> tools)
    {
        var context = Context(vendor, scopes, default);
        return [.. tools.Where(tool => ToolDefinition.Of(tool).Flaw is null)
            .Select(tool => new AdmittedTool(tool, ToolPolicy.Judge(tool, context))).Where(tool => tool.Verdict.IsAdmitted)];
    }

    private PolicyContext Context(string vendor, IReadOnlyList<string> scopes, DataClasses classes) =>
        new(scopes, catalogue.Find(vendor)?.Tools, classes, vendor);

    private Task<IReadOnlyList<PublishedTool>> PublishedAsync(DataSource source, McpSession session, CancellationToken cancellationToken) =>
        caches.Inventories.GetAsync(source.SessionKey, session, cancellationToken);

    private DateTimeOffset SeenAt(IReadOnlyList<PublishedTool> published) =>
        (DateTimeOffset)listed.GetValue(published, _ => clock.GetUtcNow());
}
