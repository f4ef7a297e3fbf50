using System.Text.Json;
using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Data;
using ClariBI.Connector.Tools.Definitions;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Tools.Pins;

/// <summary>Keeps the first list of tools that a new grant brought, until a data source pins it.</summary>
internal sealed class ToolBaselines(ConnectorDbContext db, TimeProvider clock)
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <summary>Adds to the unit of work: saved when the authorization completes, and lost with it.</summary>
    public async Task KeepAsync(Authorization authorization, IReadOnlyList<PublishedTool> tools, CancellationToken cancellationToken)
    {
        // Of attempts that nobody finished.
        var old = clock.GetUtcNow() - Abandoned;
        await db.ToolBaselines.Where(row => row.At < old && !db.DataSources.Any(source => source.GrantId == row.GrantId && source.ToolsVersion == 0))
            .ExecuteDeleteAsync(cancellationToken);
        db.ToolBaselines.Add(new ToolBaseline
        {
            GrantId = authorization.GrantId,
            WorkspaceId = authorization.WorkspaceId,
            DefinitionsJson = JsonSerializer.Serialize(tools.Select(ToolDefinition.Of).Where(known => known.Flaw is null).Select(known => known.Json)),
            At = clock.GetUtcNow(),
        });
    }
}
