using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Tools;

/// <summary>A tool whose actions both read and write: its annotations say nothing about a single call.</summary>
internal sealed class UseAmplitudeCohorts(CohortRunner cohorts, ChartReading reading) : ITool
{
    public Tool Definition { get; } = ToolDefinition.Mixed("use_amplitude_cohorts", "Working with cohorts", """
        Lists, reads and creates cohorts, depending on action.

        WHEN TO USE:
        - To learn who is in a named group of users, and how many they are.
        """, """
        {"action":{"type":"string","enum":["list","get","find","create"],"default":"list"},
         "projectId":{"anyOf":[{"type":"string"},{"type":"integer"}]},"query":{"type":"string"},"limit":{"type":"integer","minimum":1,"maximum":100,"default":50},
         "cohortIds":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":50},
         "name":{"type":"string"},"definition":{"type":"object"},"cohortType":{"type":"string"},"cohortOwner":{"type":"string"}}
        """);

    public Task<JsonNode> InvokeAsync(ToolCall call, CancellationToken cancellationToken) => Task.FromResult<JsonNode>((call.Text("action") ?? "list") switch
    {
        "get" => Get(call),
        "create" => WriteTool.Refuse(call, "Creating cohorts"),
        _ => List(call),
    });

    private JsonObject List(ToolCall call)
    {
        var project = call.Project();
        var found = project.Cohorts.Where(cohort => call.Text("query") is not { } query || cohort.Name.Contains(query, StringComparison.OrdinalIgnoreCase)).Take(call.Number("limit", 50));
        return new() { ["success"] = true, ["cohorts"] = new JsonArray([.. found.Select(cohort => Describe(project, cohort))]) };
    }

    private JsonObject Get(ToolCall call)
    {
        var ids = call.Texts("cohortIds");
        if (ids.Length == 0)
        {
            throw new ToolErrorException("cohortIds: Field required");
        }

        var found = call.Organisation.Projects.SelectMany(project => project.Cohorts, (project, cohort) => (project, cohort)).Where(pair => ids.Contains(pair.cohort.Id)).ToArray();
        if (found.Length == 0)
        {
            throw new ToolErrorException($"NotFoundError: No cohort {ids[0]}");
        }

        return new()
        {
            ["success"] = true,
            ["cohorts"] = new JsonArray([.. found.Select(pair =>
            {
                var cohort = Describe(pair.project, pair.cohort);
                cohort["definition"] = pair.cohort.Definition.DeepClone();
                return cohort;
            })]),
        };
    }

    private JsonObject Describe(Project project, Cohort cohort) => new()
    {
        ["id"] = cohort.Id,
        ["name"] = cohort.Name,
        ["description"] = cohort.Description,
        ["appId"] = project.Id,
        ["size"] = cohorts.Size(project, cohort, reading.Now),
        ["type"] = "dynamic",
    };
}
