using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using ClariBI.Connector.DataSources.History;
using ClariBI.Connector.Tools.Pins;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ClariBI.Connector.Tools;

/// <summary>What owners decide about tools. Each decision counts in every replica from the next use on, and leaves a line in the timeline.</summary>
internal sealed class ToolChanges(ConnectorDbContext db, ToolPins pins, IDataSourceHistory history)
{
    private const int MostNames = 10;

    /// <param name="tool">One that is admitted, and so has a pin.</param>
    public async Task SwitchAsync(DataSource source, string tool, bool enabled, string by, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var changed = await db.ToolPins
            .Where(row => row.DataSourceId == source.Id && row.WorkspaceId == source.WorkspaceId && row.Tool == tool && row.SwitchedOff == enabled)
            .ExecuteUpdateAsync(row => row.SetProperty(pin => pin.SwitchedOff, !enabled), cancellationToken);
        if (changed > 0)
        {
            history.Add(source, HistoryKind.ToolSwitched, $"{tool} was switched {(enabled ? "on" : "off")}", by: by);
            await CommitAsync(source, transaction, cancellationToken);
        }
    }

    public async Task ApproveAsync(DataSource source, IReadOnlyList<JudgedTool> approved, string by, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var tool in approved)
        {
            var pin = pins.Approve(source, tool.Tool.Name, tool.Definition, by);
            var repinned = await db.ToolPins.Where(row => row.DataSourceId == source.Id && row.WorkspaceId == source.WorkspaceId && row.Tool == pin.Tool)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(old => old.Definition, pin.Definition).SetProperty(old => old.Hash, pin.Hash)
                        .SetProperty(old => old.ApprovedBy, pin.ApprovedBy).SetProperty(old => old.ApprovedAt, pin.ApprovedAt),
                    cancellationToken);
            if (repinned == 0)
            {
                db.ToolPins.Add(pin);
            }
        }

        var title = approved.Count == 1 ? $"{approved[0].Tool.Name} was approved" : $"{approved.Count} tools were approved";
        history.Add(source, HistoryKind.ToolApproved, title, Names(approved), by);
        await CommitAsync(source, transaction, cancellationToken);
    }

    public async Task SetClassesAsync(DataSource source, DataClasses classes, string by, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var changed = await db.DataSources
            .Where(row => row.Id == source.Id && row.WorkspaceId == source.WorkspaceId
                && (row.PersonalTools != classes.Personal || row.FreeTextTools != classes.FreeText))
            .ExecuteUpdateAsync(
                row => row.SetProperty(found => found.PersonalTools, classes.Personal).SetProperty(found => found.FreeTextTools, classes.FreeText),
                cancellationToken);
        if (changed > 0)
        {
            var title = $"Tools on single persons are {OnOff(classes.Personal)}, tools on what people wrote are {OnOff(classes.FreeText)}";
            history.Add(source, HistoryKind.DataClassSwitched, title, by: by);
            await CommitAsync(source, transaction, cancellationToken);
        }
    }

    /// <summary>Keeps the counts of the data source's row in step with what the vendor publishes, and tells of tools that now wait.</summary>
    public async Task NoteAsync(DataSource seen, IReadOnlyList<JudgedTool> tools, CancellationToken cancellationToken)
    {
        var waiting = tools.Where(tool => tool.IsPending).ToList();
        var allowed = tools.Count(tool => tool.Verdict.IsAdmitted);
        var refused = tools.Count - allowed - waiting.Count;
        if (seen.ToolsAllowed == allowed && seen.ToolsRefused == refused && seen.ToolsPending == waiting.Count)
        {
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var first = await db.DataSources.Where(row => row.Id == seen.Id && row.Version == seen.Version).ExecuteUpdateAsync(
            row => row.SetProperty(source => source.ToolsAllowed, allowed).SetProperty(source => source.ToolsRefused, refused)
                .SetProperty(source => source.ToolsPending, waiting.Count).SetProperty(source => source.Version, seen.Version + 1),
            cancellationToken);
        if (first > 0 && waiting.Count > seen.ToolsPending)
        {
            var title = waiting.Count == 1 ? $"{waiting[0].Tool.Name} waits for approval" : $"{waiting.Count} tools wait for approval";
            history.Add(seen, HistoryKind.ToolsChanged, title, $"The vendor changed or added them: {Names(waiting)}. An owner can look at them and approve them.");
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task CommitAsync(DataSource source, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        await db.DataSources.Where(row => row.Id == source.Id).ExecuteUpdateAsync(
            row => row.SetProperty(found => found.ToolsVersion, found => found.ToolsVersion + 1), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static string Names(IReadOnlyList<JudgedTool> tools)
    {
        var names = Wording.And([.. tools.Take(MostNames).Select(tool => tool.Tool.Name)]);
        return tools.Count > MostNames ? $"{names} and {tools.Count - MostNames} more" : names;
    }

    private static string OnOff(bool on) => on ? "on" : "off";
}
