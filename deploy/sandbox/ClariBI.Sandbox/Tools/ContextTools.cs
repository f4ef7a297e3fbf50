using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Tools;

/// <summary>Who is signed in, and what the projects' settings are.</summary>
internal sealed class ContextTools : IToolFamily
{
    public IEnumerable<InlineTool> Tools =>
    [
        new(ToolDefinition.Read("get_amplitude_context", "Getting context", """
            Tells who is signed in, in which organisation, and which projects can be queried; with projectId, the settings of that project.

            WHEN TO USE:
            - First, before any other tool: every query needs a project id.

            INSTRUCTIONS:
            - Ask again with projectId for the time zone, currency, first day of the week and the notes kept for AI assistants.
            """, """
            {"projectId":{"anyOf":[{"type":"string"},{"type":"integer"}],"description":"Project whose settings to return"},
             "listContextDocuments":{"type":"boolean","description":"List the context documents of the project"},
             "searchContextDocuments":{"type":"string","description":"Words to search in the context documents"}}
            """), call => call.Arguments.TryGetProperty("projectId", out _) ? Settings(call) : Account(call)),
        new(ToolDefinition.Read("get_context", "Getting context", """
            Tells who is signed in, in which organisation, and which projects can be queried.

            WHEN TO USE:
            - First, before any other tool: every query needs a project id.
            """, "{}"), Account),
        new(ToolDefinition.Mixed("manage_amp_context", "Managing context", """
            Lists projects, and sets the notes kept for AI assistants.

            WHEN TO USE:
            - To set the context of an organisation or project when the user asks for it.
            """, """
            {"action":{"type":"string","enum":["list_projects","set_org_context","set_project_context"],"default":"list_projects"},
             "orgId":{"type":"string"},"projectId":{"anyOf":[{"type":"string"},{"type":"integer"}]},"context":{"type":"string","maxLength":10000}}
            """), Manage),
    ];

    private static JsonObject Account(ToolCall call) => new()
    {
        ["user"] = new JsonObject { ["name"] = call.Account.Name, ["email"] = call.Account.Email, ["role"] = call.Account.Role, ["defaultAppId"] = call.Organisation.Projects[0].Id },
        ["organization"] = new JsonObject { ["id"] = call.Organisation.Id, ["name"] = call.Organisation.Name },
        ["projects"] = call.Organisation.Projects.Select(Describe).List(),
    };

    private static JsonObject Settings(ToolCall call)
    {
        var project = call.Project();
        var reply = new JsonObject
        {
            ["project"] = Describe(project),
            ["settings"] = new JsonObject
            {
                ["timezone"] = project.TimeZone,
                ["currency"] = project.Currency,
                ["weekStart"] = project.WeekStart == "sunday" ? "Sunday" : "Monday",
                ["sessionDefinition"] = "session_id property",
            },
            ["aiContext"] = project.Description,
        };
        reply["contextDocuments"] = call.Flag("listContextDocuments") || call.Text("searchContextDocuments") is not null ? Documents(project, call.Text("searchContextDocuments")).List() : new JsonArray();
        return reply;
    }

    /// <summary>The one document a project has is its description.</summary>
    private static IEnumerable<JsonObject> Documents(Project project, string? words)
    {
        if (project.Description is { } text && (words is null || Ranking.Score(words, project.Name, text) > 0))
        {
            yield return new() { ["id"] = $"about-{project.Id}", ["title"] = $"About {project.Name}", ["excerpt"] = text };
        }
    }

    private static JsonObject Manage(ToolCall call)
    {
        if (call.Text("action") is "set_org_context" or "set_project_context")
        {
            return WriteTool.Refuse(call, "Setting context");
        }

        return call.Text("orgId") is { } asked && asked != call.Organisation.Id
            ? throw new ToolErrorException("org_mismatch")
            : new() { ["success"] = true, ["projects"] = call.Organisation.Projects.Select(Describe).List() };
    }

    private static JsonObject Describe(Project project) => new() { ["appId"] = project.Id, ["name"] = project.Name, ["timezone"] = project.TimeZone };
}
