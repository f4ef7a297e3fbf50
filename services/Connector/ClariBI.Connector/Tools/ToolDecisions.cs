using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Tools;

/// <summary>What the endpoints share by which owners decide about tools.</summary>
internal sealed class ToolDecisions(ConnectorDbContext db, DataSourceTools tools, ToolPage page, ToolChanges changes)
{
    public ToolPage Page => page;

    public ToolChanges Changes => changes;

    /// <returns>The data source, for an owner of its workspace; else the problem to answer with.</returns>
    public async Task<(DataSource? Source, ProblemHttpResult? Problem)> FindAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        var source = await db.DataSources.AsNoTracking().In(caller).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return source is null ? (null, DataSourceProblems.NotFound())
            : caller.Role != "owner" ? (null, ToolProblems.OwnerOnly())
            : (source, null);
    }

    public IReadOnlyList<string> ScopesOf(DataSource source) => tools.VendorOf(source)?.Scopes ?? [];

    /// <summary>As the vendor publishes them, or as they were approved while it cannot be asked.</summary>
    public async Task<IReadOnlyList<JudgedTool>> KnownAsync(DataSource source, CancellationToken cancellationToken) =>
        (await page.ReadAsync(source, cancellationToken)).List?.Tools ?? await page.RememberAsync(source, cancellationToken);

    /// <summary>The tool as it stands after a decision.</summary>
    public async Task<ToolResponse> DescribeAsync(DataSource before, JudgedTool tool, CancellationToken cancellationToken)
    {
        var source = await db.DataSources.AsNoTracking().SingleAsync(row => row.Id == before.Id, cancellationToken);
        var judged = tools.Judge(source, tool.Tool, await tools.PinsAsync(source, cancellationToken));
        return await page.DescribeAsync(source, judged, cancellationToken);
    }
}
