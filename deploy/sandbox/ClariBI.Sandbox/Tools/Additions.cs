using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Tools;

/// <summary>What tools have written: kept in memory, seen by every connection of the organisation, gone at the next start.</summary>
internal sealed class Additions
{
    /// <summary>Of charts, cohorts and dashboards each, per project.</summary>
    private const int Most = 1000;
    private readonly Lock gate = new();
    private readonly Dictionary<string, Organisation> changed = [];

    public Organisation Over(Organisation organisation)
    {
        lock (gate)
        {
            return changed.GetValueOrDefault(organisation.Id, organisation);
        }
    }

    public void Change(Organisation organisation, string projectId, Func<Project, Project> change)
    {
        lock (gate)
        {
            var current = changed.GetValueOrDefault(organisation.Id, organisation);
            changed[organisation.Id] = current with { Projects = [.. current.Projects.Select(project => project.Id == projectId ? change(project) : project)] };
        }
    }

    public void Add(Organisation organisation, string projectId, SavedChart chart) => Change(organisation, projectId, project => project with { Charts = With(project.Charts, chart) });

    public void Add(Organisation organisation, string projectId, Cohort cohort) => Change(organisation, projectId, project => project with { Cohorts = With(project.Cohorts, cohort) });

    public void Add(Organisation organisation, string projectId, Dashboard dashboard) => Change(organisation, projectId, project => project with { Dashboards = With(project.Dashboards, dashboard) });

    private static T[] With<T>(T[] items, T item) => items.Length < Most ? [.. items, item] : throw new Mcp.ToolErrorException($"The sandbox keeps at most {Most} of these");
}
