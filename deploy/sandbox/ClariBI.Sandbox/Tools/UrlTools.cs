using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Tools;

/// <summary>Reads what an address of Amplitude's web application, or of this sandbox, points to.</summary>
internal sealed class UrlTools(SavedCharts charts, UserReading users, Workspace workspace) : IToolFamily
{
    private static readonly string[] Hosts = ["app.amplitude.com", "app.eu.amplitude.com", "analytics.amplitude.com"];

    public IEnumerable<InlineTool> Tools =>
    [
        new(ToolDefinition.Read("get_from_url", "Reading what a link points to", """
            Reads the object behind a link: a chart, dashboard, notebook, cohort, experiment or user.

            WHEN TO USE:
            - When the user pastes a link.

            INSTRUCTIONS:
            - Send the link as it is.
            """, """{"url":{"type":"string"}}""", "url"), Read),
    ];

    private JsonObject Read(ToolCall call)
    {
        var url = call.Text("url")!;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || (!Hosts.Contains(address.Host) && address.Host != new Uri(call.Origin).Host))
        {
            throw new ToolErrorException("url: Input should be an Amplitude URL");
        }

        string[] parts = [.. address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        if (workspace.Organisations.Any(organisation => organisation.Id != call.Organisation.Id && parts.Contains(organisation.Id)))
        {
            throw new ToolErrorException("org_mismatch");
        }

        for (var index = 0; index < parts.Length - 1; index++)
        {
            if (Find(call, parts[index], parts[index + 1], parts.ElementAtOrDefault(index + 2)) is { } found)
            {
                return found;
            }
        }

        throw new ToolErrorException("url: Input should point to a chart, dashboard, notebook, cohort, experiment or user");
    }

    private JsonObject? Find(ToolCall call, string kind, string id, string? next) => kind switch
    {
        "chart" => id == "new" && next is not null ? Edit(call, next) : Reply("CHART", charts.Saved(call, id, "definition")),
        "dashboard" => call.Find(workspace, "dashboard", id, project => project.Dashboards, board => board.Id) is var (project, board) ? Reply("DASHBOARD", BoardTools.Describe(call, project, board)) : null,
        "notebook" => call.Find(workspace, "notebook", id, project => project.Notebooks, notebook => notebook.Id) is var (project, notebook) ? Reply("NOTEBOOK", BoardTools.Describe(call, project, notebook)) : null,
        "cohort" => call.Find(workspace, "cohort", id, project => project.Cohorts, cohort => cohort.Id) is var (project, cohort) ? Reply("COHORT", Describe(project, cohort)) : null,
        "experiment" when id != call.Organisation.Id => call.Find(workspace, "experiment", id, project => project.Experiments, experiment => experiment.Id) is var (project, experiment)
            ? Reply("EXPERIMENT", ExperimentTools.Describe(call, project, experiment)) : null,
        "user" => User(call, id),
        "search" when id.StartsWith("amplitude_id=", StringComparison.Ordinal) => User(call, id["amplitude_id=".Length..]),
        _ => null,
    };

    private JsonObject Edit(ToolCall call, string id)
    {
        var edit = charts.FindEdit(call, id);
        return Reply("CHART", new() { ["chartEditId"] = id, ["name"] = edit.Name, ["projectId"] = edit.ProjectId, ["definition"] = edit.Definition.DeepClone() });
    }

    private JsonObject User(ToolCall call, string id)
    {
        foreach (var project in call.Organisation.Projects)
        {
            if (users.Find(project, "amplitudeId", id) is { } user)
            {
                return Reply("USER", users.Profile(project, user));
            }
        }

        throw new ToolErrorException($"NotFoundError: No user {id}");
    }

    private static JsonObject Describe(Project project, Cohort cohort) => new()
    {
        ["id"] = cohort.Id,
        ["name"] = cohort.Name,
        ["description"] = cohort.Description,
        ["appId"] = project.Id,
        ["definition"] = cohort.Definition.DeepClone(),
    };

    private static JsonObject Reply(string type, JsonObject found) => new() { ["success"] = true, ["type"] = type, ["object"] = found };
}
