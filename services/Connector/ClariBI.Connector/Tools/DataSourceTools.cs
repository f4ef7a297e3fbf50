using ClariBI.Connector.DataSources;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Vendors;

namespace ClariBI.Connector.Tools;

internal sealed record JudgedTool(PublishedTool Tool, ToolVerdict Verdict);

/// <summary>A data source's tools with the policy's verdicts, judged anew at every use.</summary>
internal sealed class DataSourceTools(SessionCaches caches, VendorCatalogue catalogue)
{
    public SessionUse Open(DataSource source) => caches.Sessions.Use(source.SessionKey, new Uri(source.ServerUrl));

    public async Task<List<JudgedTool>> ListAsync(DataSource source, McpSession session, CancellationToken cancellationToken)
    {
        var published = await caches.Inventories.GetAsync(source.SessionKey, session, cancellationToken);
        var context = new PolicyContext(source.ScopeList, catalogue.Find(source.Vendor)?.Tools);
        return [.. published.Select(tool => new JudgedTool(tool, ToolPolicy.Judge(tool, context)))];
    }

    /// <returns>Null when the vendor does not publish it, not even after asking again.</returns>
    public async Task<JudgedTool?> FindAsync(DataSource source, McpSession session, string name, CancellationToken cancellationToken)
    {
        var known = (await ListAsync(source, session, cancellationToken)).Find(judged => judged.Tool.Name == name);
        if (known is not null)
        {
            return known;
        }

        caches.Inventories.Forget(source.SessionKey);
        return (await ListAsync(source, session, cancellationToken)).Find(judged => judged.Tool.Name == name);
    }
}
