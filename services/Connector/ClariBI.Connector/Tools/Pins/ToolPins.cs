using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using ClariBI.Connector.DataSources.History;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Tools.Definitions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Connector.Tools.Pins;

/// <summary>
/// The pins of data sources. Kept in memory by the version that stands in the data source's row, which every use reads anyway:
/// what another replica changed counts from the next use on.
/// </summary>
internal sealed class ToolPins(IServiceScopeFactory scopes, TimeProvider clock) : ISwept
{
    /// <summary>Stands for the approver where nobody was asked.</summary>
    private const string AtFirstSight = "ClariBI, at first sight";

    /// <summary>Of a data source that nobody uses for this long they are read again.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(Guid WorkspaceId, Guid DataSourceId), (PinSet Pins, DateTimeOffset Used)> known = new();

    public int Count => known.Count;

    public void Sweep()
    {
        var old = clock.GetUtcNow() - Kept;
        foreach (var entry in known.Where(entry => entry.Value.Used <= old))
        {
            known.TryRemove(entry);
        }
    }

    /// <param name="source">Just read.</param>
    /// <param name="published">The baseline, where nothing is pinned yet and none was kept when the account was connected; the timeline tells so.</param>
    public async Task<PinSet> GetAsync(DataSource source, IReadOnlyList<PublishedTool> published, CancellationToken cancellationToken)
    {
        var key = (source.WorkspaceId, source.Id);
        if (source.ToolsVersion > 0 && known.TryGetValue(key, out var found) && found.Pins.Version == source.ToolsVersion)
        {
            known.TryUpdate(key, (found.Pins, clock.GetUtcNow()), found);
            return found.Pins;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectorDbContext>();
        if (source.ToolsVersion == 0)
        {
            await PinBaselineAsync(db, scope.ServiceProvider.GetRequiredService<IDataSourceHistory>(), source, published, cancellationToken);
        }

        var pins = await LoadAsync(db, source, cancellationToken);
        known[key] = (pins, clock.GetUtcNow());
        return pins;
    }

    /// <summary>The first replica pins; the row of the data source decides which that is.</summary>
    private async Task PinBaselineAsync(
        ConnectorDbContext db, IDataSourceHistory history, DataSource source, IReadOnlyList<PublishedTool> published, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var first = await db.DataSources.Where(row => row.Id == source.Id && row.WorkspaceId == source.WorkspaceId && row.ToolsVersion == 0)
            .ExecuteUpdateAsync(row => row.SetProperty(found => found.ToolsVersion, 1), cancellationToken);
        if (first == 0)
        {
            return;
        }

        var baseline = await db.ToolBaselines.AsNoTracking().SingleOrDefaultAsync(
            row => row.GrantId == source.GrantId && row.WorkspaceId == source.WorkspaceId, cancellationToken);
        var tools = baseline is null ? published : JsonSerializer.Deserialize<List<string>>(baseline.DefinitionsJson)!.ConvertAll(ToolDefinition.Read);
        var approved = tools.Where(tool => ToolDefinition.Of(tool).Flaw is null).ToList();
        db.ToolPins.AddRange(approved.Select(tool => Approve(source, tool.Name, ToolDefinition.Of(tool), baseline is null ? AtFirstSight : source.CreatedBy)));
        if (baseline is null && approved.Count > 0)
        {
            history.Add(
                source, HistoryKind.ToolApproved, $"{approved.Count} {(approved.Count == 1 ? "tool was" : "tools were")} approved as they were found",
                "The account was connected before ClariBI kept definitions, so there was nothing to compare them with. From now on a change waits for an owner. Look at the tools, and switch off what you do not expect.");
        }

        await db.SaveChangesAsync(cancellationToken);
        await db.ToolBaselines.Where(row => row.GrantId == source.GrantId).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public ToolPin Approve(DataSource source, string tool, ToolDefinition definition, string by) => new()
    {
        WorkspaceId = source.WorkspaceId,
        DataSourceId = source.Id,
        Tool = tool,
        Definition = definition.Json,
        Hash = definition.Hash,
        ApprovedBy = by,
        ApprovedAt = clock.GetUtcNow(),
    };

    private static async Task<PinSet> LoadAsync(ConnectorDbContext db, DataSource source, CancellationToken cancellationToken)
    {
        // The version first: pins that are newer than their version are read once more, never taken for older ones.
        var version = await db.DataSources.Where(row => row.Id == source.Id && row.WorkspaceId == source.WorkspaceId)
            .Select(row => row.ToolsVersion).SingleOrDefaultAsync(cancellationToken);
        var pins = await db.ToolPins.Where(row => row.DataSourceId == source.Id && row.WorkspaceId == source.WorkspaceId)
            .Select(row => new Pin(row.Tool, row.Hash, row.SwitchedOff, row.ApprovedBy, row.ApprovedAt)).ToListAsync(cancellationToken);
        return new PinSet(version, pins.ToFrozenDictionary(pin => pin.Tool, StringComparer.Ordinal));
    }
}
