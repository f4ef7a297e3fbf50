using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Tools;

/// <summary>What the endpoints share by which owners decide about tools.</summary>
internal sealed class ToolDecisions(ConnectorDbContext db, DataSourceTools tools, ToolPage page, ToolChanges changes)
{
    /// <summary>A decision does not wait longer for a vendor than people do.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public ToolPage Page => page;

    public ToolChanges Changes => changes;

    /// <returns>The data source, for an owner of its workspace; else the problem to answer with.</returns>
    public async Task<(DataSource? Source, ProblemHttpResult? Problem)> FindAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        var source = await db.DataSources.AsNoTracking().In(caller).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return source is null ? (null, DataSourceProblems.NotFound())
            : !caller.IsOwner ? (null, ToolProblems.NotAnOwner())
            : (source, null);
    }

    public IReadOnlyList<string> ScopesOf(DataSource source) => tools.VendorOf(source)?.Scopes ?? [];

    /// <summary>As the vendor publishes them, or as they were approved while it cannot be asked.</summary>
    public async Task<KnownTools> KnownAsync(DataSource source, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            if (await page.ReadAsync(source, limit.Token) is { List: { } list })
            {
                return new KnownTools(list.Tools, FromVendor: true);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The approved definitions are good enough to decide about.
        }

        return new KnownTools(await page.RememberAsync(source, cancellationToken), FromVendor: false);
    }

    /// <summary>Judges anew after a decision, and brings the counts of the data source's row up to date.</summary>
    public async Task<Settled> SettleAsync(DataSource before, KnownTools known, CancellationToken cancellationToken)
    {
        var source = await db.DataSources.AsNoTracking().SingleAsync(row => row.Id == before.Id, cancellationToken);
        var pinned = await tools.PinsAsync(source, cancellationToken);
        var judged = known.Tools.Select(tool => tools.Judge(source, tool.Tool, pinned)).ToList();
        if (known.FromVendor)
        {
            await changes.NoteAsync(source, judged, cancellationToken);
        }

        return new Settled(source, judged);
    }

    public Task<ToolResponse> DescribeAsync(Settled settled, string tool, CancellationToken cancellationToken) =>
        page.DescribeAsync(settled.Source, settled.Tools.First(judged => judged.Tool.Name == tool), cancellationToken);
}

internal sealed record KnownTools(IReadOnlyList<JudgedTool> Tools, bool FromVendor);

/// <summary>A data source and its tools after a decision.</summary>
internal sealed record Settled(DataSource Source, IReadOnlyList<JudgedTool> Tools);
