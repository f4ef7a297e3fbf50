using ClariBI.Connector.Calls;
using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using ClariBI.Connector.Tools.Definitions;
using ClariBI.Contracts.Connector;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Tools;

/// <summary>The tools of a data source as people see them: what the vendor publishes now, and what was approved before.</summary>
internal sealed class ToolPage(ConnectorDbContext db, DataSourceTools tools, ToolChanges changes)
{
    /// <summary>People look for what is true now; only two looks at once share an answer.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    /// <summary>Asks the vendor. What it publishes anew is written into the data source's row and its timeline.</summary>
    public async Task<(JudgedList? List, ToolCallFailed? Failure)> ReadAsync(DataSource source, CancellationToken cancellationToken)
    {
        if (Unusable.Of(source) is { } unusable)
        {
            return (null, unusable);
        }

        using var limit = tools.Limit(cancellationToken);
        using var open = tools.Open(source);
        try
        {
            var list = await tools.ReadAsync(source, open.Session, Fresh, limit.Token);
            await changes.NoteAsync(source, list.Tools, cancellationToken);
            return (list, null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && Describe(exception, source) is not null)
        {
            return (null, Describe(exception, source));
        }
    }

    /// <summary>Where the vendor cannot be asked: the tools as they were approved.</summary>
    public async Task<IReadOnlyList<JudgedTool>> RememberAsync(DataSource source, CancellationToken cancellationToken)
    {
        var approved = await db.ToolPins.AsNoTracking().Where(row => row.DataSourceId == source.Id && row.WorkspaceId == source.WorkspaceId)
            .OrderBy(row => row.Tool).Select(row => row.Definition).ToListAsync(cancellationToken);
        var published = approved.ConvertAll(ToolDefinition.Read);
        var pinned = await tools.PinsAsync(source, cancellationToken);
        return published.ConvertAll(tool => tools.Judge(source, tool, pinned));
    }

    /// <summary>With what changed since the approval, and with the approved tools that are gone.</summary>
    public async Task<ToolListResponse> DescribeAsync(DataSource source, JudgedList list, CancellationToken cancellationToken)
    {
        var described = new List<ToolResponse>(list.Tools.Count);
        var approved = await ApprovedAsync(source, [.. list.Tools.Where(tool => tool.Standing.Pin == PinState.Changed)], cancellationToken);
        described.AddRange(list.Tools.Select(tool => ToolResponse.Of(tool, Changes(tool, approved))));
        var published = list.Tools.Select(tool => tool.Tool.Name).ToHashSet(StringComparer.Ordinal);
        described.AddRange(list.Pins.Pins.Values.Where(pin => !published.Contains(pin.Tool))
            .OrderBy(pin => pin.Tool, StringComparer.Ordinal).Select(ToolResponse.Removed));
        return new ToolListResponse(
            described, list.CheckedAt, source.PersonalTools, source.FreeTextTools, list.Tools.Count(tool => tool.IsPending));
    }

    public async Task<ToolResponse> DescribeAsync(DataSource source, JudgedTool tool, CancellationToken cancellationToken) =>
        ToolResponse.Of(tool, Changes(tool, await ApprovedAsync(source, [tool], cancellationToken)));

    private async Task<Dictionary<string, string>> ApprovedAsync(DataSource source, List<JudgedTool> changed, CancellationToken cancellationToken)
    {
        if (changed.Count == 0)
        {
            return [];
        }

        var names = changed.ConvertAll(tool => tool.Tool.Name);
        return await db.ToolPins.AsNoTracking()
            .Where(row => row.DataSourceId == source.Id && row.WorkspaceId == source.WorkspaceId && names.Contains(row.Tool))
            .ToDictionaryAsync(row => row.Tool, row => row.Definition, StringComparer.Ordinal, cancellationToken);
    }

    private static List<DefinitionChange>? Changes(JudgedTool tool, Dictionary<string, string> approved) => tool switch
    {
        { Definition.Json.Length: 0 } or { Standing.Pin: PinState.Approved } => null,
        { Standing.Pin: PinState.New } => DefinitionDiff.Of(tool.Definition.Json),
        _ => approved.TryGetValue(tool.Tool.Name, out var before) ? DefinitionDiff.Between(before, tool.Definition.Json) : null,
    };

    private ToolCallFailed? Describe(Exception exception, DataSource source) =>
        CallFailures.Describe(exception, tools.VendorOf(source)?.Name ?? source.Vendor);
}
