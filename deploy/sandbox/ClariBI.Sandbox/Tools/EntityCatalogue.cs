using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Tools;

/// <summary>Something search can find. Weight orders what fits equally well; LastModified is known of events only (last seen).</summary>
internal sealed record Entity(string Type, string Name, string? Description, JsonObject Json)
{
    public long Weight { get; init; }

    public DateTime? LastModified { get; init; }

    public string? Owner { get; init; }

    public bool IsOfficial { get; init; }
}

/// <summary>Everything of a project that has a name.</summary>
internal sealed class EntityCatalogue(TaxonomyReading taxonomy, ChartReading reading)
{
    public IEnumerable<Entity> Of(Project project) =>
        Events(project).Concat(Properties(project)).Concat(Saved(project)).Concat(Tests(project));

    private IEnumerable<Entity> Events(Project project)
    {
        foreach (var item in taxonomy.Events(project))
        {
            var entity = Make("EVENT", project, null, item.Name, item.Description, ("category", item.Category), ("volume30Days", item.Volume30Days), ("isActive", item.LastSeen >= reading.Now.AddDays(-30)));
            yield return entity with { Weight = item.Volume30Days, LastModified = item.LastSeen };
        }
    }

    private IEnumerable<Entity> Properties(Project project) => taxonomy.Properties(project).Select(item =>
        Make(item.Scope == "user" ? "USER_PROPERTY" : "EVENT_PROPERTY", project, null, item.Name, item.Description, ("valueType", item.IsNumeric ? "number" : "string")));

    private static IEnumerable<Entity> Saved(Project project)
    {
        foreach (var chart in project.Charts)
        {
            yield return Owned(Make("CHART", project, chart.Id, chart.Name, chart.Description,
                ("owner", chart.Owner), ("isOfficial", chart.IsOfficial), ("chartType", chart.Chart.Text("kind") ?? chart.Definition.Text("type"))), chart.Owner, chart.IsOfficial);
        }

        foreach (var board in project.Dashboards)
        {
            yield return Owned(Make("DASHBOARD", project, board.Id, board.Name, board.Description, ("owner", board.Owner), ("isOfficial", board.IsOfficial),
                ("chartCount", board.Rows.SelectMany(row => row.Items).Count(item => item.ChartId is not null))), board.Owner, board.IsOfficial);
        }

        foreach (var notebook in project.Notebooks)
        {
            yield return Make("NOTEBOOK", project, notebook.Id, notebook.Name, notebook.Description);
        }

        foreach (var cohort in project.Cohorts)
        {
            yield return Make("COHORT", project, cohort.Id, cohort.Name, cohort.Description);
        }

        foreach (var metric in project.Metrics)
        {
            yield return Make("METRIC", project, metric.Id, metric.Name, metric.Description, ("isOfficial", metric.IsOfficial)) with { Weight = 1, IsOfficial = metric.IsOfficial };
        }
    }

    private static IEnumerable<Entity> Tests(Project project) =>
    [
        .. project.Flags.Select(flag => Make("FLAG", project, flag.Key, flag.Name, flag.Description, ("key", flag.Key), ("enabled", flag.Enabled))),
        .. project.Experiments.Select(experiment => Make("EXPERIMENT", project, experiment.Id, experiment.Name, experiment.Description, ("key", experiment.Key), ("state", experiment.State))),
    ];

    private static Entity Owned(Entity entity, string owner, bool isOfficial) => entity with { Owner = owner, IsOfficial = isOfficial };

    /// <summary>Saved content weighs a little more than a property and less than any event in use.</summary>
    private static Entity Make(string type, Project project, string? id, string name, string? description, params (string Name, JsonNode? Value)[] more)
    {
        var json = new JsonObject { ["type"] = type };
        if (id is not null)
        {
            json["id"] = id;
        }

        json["name"] = name;
        json["description"] = description;
        json["appId"] = project.Id;
        foreach (var (field, value) in more)
        {
            json[field] = value;
        }

        return new(type, name, description, json) { Weight = id is null ? 0 : 1 };
    }
}
