using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Tools;

internal sealed class GetAmplitudeContext : ITool
{
    public Tool Definition { get; } = ToolDefinition.Read("get_amplitude_context", "Getting context", """
        Tells who is signed in, in which organisation, and which projects can be queried; with projectId, the settings of that project.

        WHEN TO USE:
        - First, before any other tool: every query needs a project id.
        """, """
        {"projectId":{"anyOf":[{"type":"string"},{"type":"integer"}],"description":"Project whose settings to return"},
         "listContextDocuments":{"type":"boolean","description":"List the context documents of the project"},
         "searchContextDocuments":{"type":"string","description":"Words to search in the context documents"}}
        """);

    public Task<JsonNode> InvokeAsync(ToolCall call, CancellationToken cancellationToken)
    {
        if (call.Arguments.TryGetProperty("projectId", out _))
        {
            var project = call.Project();
            return Task.FromResult<JsonNode>(new JsonObject
            {
                ["project"] = Describe(project),
                ["settings"] = new JsonObject
                {
                    ["timezone"] = project.TimeZone,
                    ["currency"] = project.Currency,
                    ["weekStart"] = "Monday",
                    ["sessionDefinition"] = "session_id property",
                },
                ["aiContext"] = project.Description,
                ["contextDocuments"] = new JsonArray(),
            });
        }

        return Task.FromResult<JsonNode>(new JsonObject
        {
            ["user"] = new JsonObject { ["name"] = call.Account.Name, ["email"] = call.Account.Email, ["role"] = call.Account.Role, ["defaultAppId"] = call.Organisation.Projects[0].Id },
            ["organization"] = new JsonObject { ["id"] = call.Organisation.Id, ["name"] = call.Organisation.Name },
            ["projects"] = new JsonArray([.. call.Organisation.Projects.Select(Describe)]),
        });
    }

    private static JsonObject Describe(Project project) => new() { ["appId"] = project.Id, ["name"] = project.Name, ["timezone"] = project.TimeZone };
}
