using System.Globalization;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.OAuth;
using ClariBI.Sandbox.Query;

namespace ClariBI.Sandbox.Tools;

/// <summary>Cohorts: listed, read, asked about their members, and kept in memory when created.</summary>
internal sealed class CohortTools(CohortRunner cohorts, ChartReading reading, Additions additions, Workspace workspace) : IToolFamily
{
    private const string Definition = """
        {"type":"object","properties":{"version":{"type":"integer"},"andClauses":{"type":"array","maxItems":20,"items":{"type":"object","properties":{"negated":{"type":"boolean"},
         "orClauses":{"type":"array","minItems":1,"maxItems":20,"items":{"type":"object","properties":{"type":{"type":"string"},"type_value":{"type":"string"},"operator":{"type":"string","enum":[">=",">","<=","<","="]},
          "operator_value":{"type":"integer","minimum":0,"maximum":1000000000},"time_type":{"type":"string"},"time_value":{"type":"integer","minimum":1,"maximum":3650}},"required":["type","type_value"]}}},"required":["orClauses"]}}}}
        """;

    public IEnumerable<InlineTool> Tools =>
    [
        new(ToolDefinition.Mixed("use_amplitude_cohorts", "Working with cohorts", """
            Lists, reads, searches and creates cohorts, depending on action.

            WHEN TO USE:
            - To learn who is in a named group of users, and how many they are.

            INSTRUCTIONS:
            - list and find take a query; get takes up to 50 cohortIds and adds the definitions.
            - membership tells which of cohortIds (all unless given) the user with amplitudeId is in.

            EXAMPLES:
            - {"action":"get","cohortIds":["abc"]}
            """, $$"""
            {"action":{"type":"string","enum":["list","get","find","membership","create","sync","export"],"default":"list"},
             "projectId":{{Replies.ProjectId}},"query":{"type":"string"},"limit":{"type":"integer","minimum":1,"maximum":100,"default":50},
             "cohortIds":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":50},
             "amplitudeId":{"anyOf":[{"type":"string"},{"type":"integer"}]},
             "name":{"type":"string"},"definition":{{Definition}},"cohortType":{"type":"string"},"cohortOwner":{"type":"string"} }
            """), Use),
        new(ToolDefinition.Read("get_cohorts", "Reading cohorts", """
            Reads the definitions and sizes of cohorts.

            WHEN TO USE:
            - To learn how a cohort is defined. Find its id with search.
            """, """{"cohortIds":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":50}}""", "cohortIds"), Get),
        new(ToolDefinition.Write("create_cohort", "Creating a cohort", """
            Creates a cohort from a definition.

            WHEN TO USE:
            - When the user wants to keep a group of users under a name.

            EXAMPLES:
            - {"app_id":"123","name":"Bought in 30 days","definition":{"version":3,"andClauses":[{"negated":false,"orClauses":[{"type":"event","type_value":"Order","operator":">=","operator_value":1,"time_type":"rolling","time_value":30}]}]}}
            """, $$"""
            {"app_id":{"anyOf":[{"type":"string"},{"type":"integer"}]},"name":{"type":"string"},"definition":{{Definition}} }
            """, "app_id", "name", "definition"), call => Create(call, "app_id")),
    ];

    private JsonObject Use(ToolCall call) => (call.Text("action") ?? "list") switch
    {
        "get" => Get(call),
        "membership" => Membership(call),
        "create" => Create(call, "projectId"),
        "sync" or "export" => WriteTool.Refuse(call, "Sending cohorts elsewhere"),
        _ => List(call),
    };

    private JsonObject List(ToolCall call)
    {
        var project = call.Project();
        var found = project.Cohorts.Where(cohort => call.Text("query") is not { } query || Ranking.Score(query, cohort.Name, cohort.Description) > 0).Take(call.Number("limit", 50));
        return new() { ["success"] = true, ["cohorts"] = found.Select(cohort => Describe(project, cohort)).List() };
    }

    private JsonObject Get(ToolCall call)
    {
        var found = call.Find(workspace, "cohort", call.Required("cohortIds"), project => project.Cohorts, cohort => cohort.Id);
        return new()
        {
            ["success"] = true,
            ["cohorts"] = found.Select(pair =>
            {
                var cohort = Describe(pair.Project, pair.Item);
                cohort["definition"] = pair.Item.Definition.DeepClone();
                return cohort;
            }).List(),
        };
    }

    private JsonObject Membership(ToolCall call)
    {
        if (!call.Arguments.TryGetProperty("amplitudeId", out var asked) || !long.TryParse(asked.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var user))
        {
            throw new ToolErrorException(asked.ValueKind == System.Text.Json.JsonValueKind.Undefined ? "amplitudeId: Field required" : "amplitudeId: Input should be an integer");
        }

        var project = call.Project();
        var ids = call.Texts("cohortIds");
        var found = call.Find(workspace, "cohort", ids, item => item.Cohorts, cohort => cohort.Id);
        if (Array.Find(found, pair => pair.Project.Id != project.Id) is { Item: { } foreign, Project: { } home })
        {
            throw new ToolErrorException($"cohortIds: Cohort {foreign.Id} is of project {home.Id}");
        }

        var chosen = ids.Length == 0 ? project.Cohorts : [.. found.Select(pair => pair.Item)];
        return new()
        {
            ["success"] = true,
            ["amplitudeId"] = asked.ToString(),
            ["cohorts"] = chosen.Select(cohort => new JsonObject { ["id"] = cohort.Id, ["name"] = cohort.Name, ["isMember"] = IsMember(project, cohort, user) }).List(),
        };
    }

    private bool IsMember(Project project, Cohort cohort, long user)
    {
        var store = workspace.Events(project);
        var sql = new Sql(store.Properties, project, reading.Now);
        var members = CohortRunner.Members(sql, project, cohort.Id, reading.Now);
        return store.Read($"SELECT count(*) FROM ({members}) WHERE uid = {sql.Value(user)}", sql.Parameters, reader => reader.GetInt64(0))[0] > 0;
    }

    /// <summary>A definition that cannot be computed is refused before it is kept.</summary>
    private JsonObject Create(ToolCall call, string projectField)
    {
        call.RequireWrite("Creating cohorts");
        var project = call.Project(projectField);
        if (!call.Arguments.TryGetProperty("definition", out var definition) || definition.Field("andClauses").ValueKind != System.Text.Json.JsonValueKind.Array)
        {
            throw new ToolErrorException("definition.andClauses: Field required");
        }

        var cohort = new Cohort(Secrets.ShortId(), call.RequiredText("name"), definition.Whole()!.AsObject());
        var described = Describe(project with { Cohorts = [.. project.Cohorts, cohort] }, cohort);
        additions.Add(call.Organisation, project.Id, cohort);
        return new() { ["success"] = true, ["cohortId"] = cohort.Id, ["cohort"] = described, ["url"] = call.Link("cohort", cohort.Id) };
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
