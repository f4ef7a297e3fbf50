using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources.History;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Mcp;
using ClariBI.Contracts.Connector;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources.Projects;

/// <summary>Changes that a person makes to a data source, with their lines in the timeline.</summary>
internal sealed class DataSourceChanges(
    ConnectorDbContext db, IDataSourceHistory history, DataSourceStates states, AccountProjects projects, SessionCaches caches)
{
    private const int Attempts = 4;

    public async Task<(VendorProject? Project, ToolCallFailed? Failure)> FindProjectAsync(
        DataSource source, string id, string by, CancellationToken cancellationToken)
    {
        var answer = await projects.AskAsync(source, by, cancellationToken);
        var found = answer.Projects.FirstOrDefault(project => project.Id == id);
        return (found is null ? null : await projects.WithTimeZoneAsync(source, found, by, cancellationToken), answer.Failure);
    }

    /// <returns>Null when others kept changing it, or took the name at the same moment.</returns>
    public async Task<DataSource?> SaveAsync(Guid id, string? name, VendorProject? project, string by, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            db.ChangeTracker.Clear();
            if (await db.DataSources.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } source)
            {
                return null;
            }

            var moved = project is not null && project.Id != source.ProjectId;
            await ApplyAsync(source, name, moved ? project : null, by, cancellationToken);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException)
            {
                continue;
            }

            if (moved)
            {
                await caches.ForgetAsync(id);
            }

            return source;
        }

        return null;
    }

    private async Task ApplyAsync(DataSource source, string? name, VendorProject? project, string by, CancellationToken cancellationToken)
    {
        if (name is not null && name != source.Name)
        {
            history.Add(source, HistoryKind.Renamed, $"Renamed to {name}", $"It was called {source.Name}.", by);
            source.Rename(name);
        }

        if (project is null)
        {
            return;
        }

        history.Add(
            source, HistoryKind.ProjectChanged, $"Project changed to {project.Name}",
            source.ProjectName is { } before ? $"It was {before}. What was saved before keeps its own labels." : null, by);
        source.ChooseProject(project);
        if (source.StateCode == StateCodes.ProjectNotSelected)
        {
            await states.ChangeAsync(source, ConnectionState.Connected, cancellationToken);
        }
    }
}
