using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Experiments;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query;
using ClariBI.Sandbox.Query.Reading;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Tools;

/// <summary>Experiments and feature flags, under the names of both generations.</summary>
internal sealed class ExperimentTools(ExperimentRunner runner, Workspace workspace) : IToolFamily
{
    private const string Analysis = """
        "metricIds":{"type":"array","items":{"type":"string"},"maxItems":10,"description":"The primary metric unless given"},
         "groupBy":{"type":"array","maxItems":1,"items":{"type":"object","properties":{"type":{"type":"string","enum":["user","event"]},"value":{"type":"string"},"group_type":{"type":"string"}},"required":["value"]}},
         "filters":{"type":"array","items":{"type":"object","properties":{"group_type":{"type":"string"},"subprop_key":{"type":"string"},"subprop_op":{"type":"string"},"subprop_value":{"type":"array","items":{"type":"string"}},"subprop_type":{"type":"string","enum":["user","event"]}},"required":["subprop_key","subprop_op","subprop_value"]}}
        """;

    private const string Creation = """
        "projectIds":{"type":"array","items":{"anyOf":[{"type":"string"},{"type":"integer"}]}},"key":{"type":"string"},"name":{"type":"string"},"description":{"type":"string"},
         "variants":{"type":"array","items":{"type":"object"}},"deploymentIds":{"type":"array","items":{"type":"string"}},"projectMetrics":{"type":"array","items":{"type":"object"}}
        """;

    private static readonly Tool Use = ToolDefinition.Mixed("use_amp_experiments", "Working with experiments", $$"""
        Reads, analyses and creates experiments, depending on action.

        WHEN TO USE:
        - To learn how an experiment is set up (get), or how its variants compare (analyze).

        INSTRUCTIONS:
        - get takes ids or keys; metrics come as ids without names.
        - analyze takes one numeric id. Look at srmDetected and statsAssumptionsMetForWholeExperiment before trusting a lift.
        """, $$"""
        {"action":{"type":"string","enum":["get","analyze","create"],"default":"get"},
         "ids":{"type":"array","items":{"type":"string"},"minItems":1},"id":{"type":"string","pattern":"^\\d+$"},
         {{Analysis}},
         {{Creation}} }
        """);

    public IEnumerable<InlineTool> Tools =>
    [
        new(Use, call => (call.Text("action") ?? "get") switch
        {
            "get" => Get(call, "ids"),
            "analyze" => Analyze(call),
            _ => WriteTool.Refuse(call, "Creating experiments"),
        }),
        new(ToolDefinition.Read("get_experiments", "Getting experiments", """
            Reads the state, variants and decision of experiments, and the ids of their metrics.

            WHEN TO USE:
            - To learn how an experiment is set up. Find its id with search.
            """, """{"ids":{"type":"array","items":{"type":"string"},"minItems":1}}""", "ids"), call => Get(call, "ids")),
        new(ToolDefinition.Read("query_experiment", "Analysing an experiment", """
            Compares the variants of an experiment by its metrics.

            WHEN TO USE:
            - To learn whether a variant is better than the control.

            INSTRUCTIONS:
            - Look at srmDetected and statsAssumptionsMetForWholeExperiment before trusting a lift.
            """, $$"""
            {"id":{"type":"string","pattern":"^\\d+$"},
             {{Analysis}} }
            """, "id"), Analyze),
        new(ToolDefinition.Write("create_experiment", "Creating an experiment", """
            Creates an experiment.

            WHEN TO USE:
            - When the user asks for a new experiment.
            """, $$"""
            { {{Creation}} }
            """, "projectIds", "key"), call => WriteTool.Refuse(call, "Creating experiments")),
        new(ToolDefinition.Mixed("use_amp_flags", "Working with feature flags", """
            Reads, creates and changes feature flags, and lists deployments, depending on action.

            WHEN TO USE:
            - To learn whether a flag is on and where it is deployed.
            """, """
            {"action":{"type":"string","enum":["get","list_deployments","create","update"],"default":"get"},
             "flagIds":{"type":"array","items":{"type":"string"},"minItems":1,"description":"Ids or keys"},"flags":{"type":"array","items":{"type":"object"}}}
            """), call => (call.Text("action") ?? "get") switch
        {
            "get" => Flags(call),
            "list_deployments" => Deployments(call),
            _ => WriteTool.Refuse(call, "Changing flags"),
        }),
    ];

    public static JsonObject Describe(ToolCall call, Project project, Experiment experiment) => new()
    {
        ["id"] = experiment.Id,
        ["key"] = experiment.Key,
        ["name"] = experiment.Name,
        ["description"] = experiment.Description,
        ["appId"] = project.Id,
        ["state"] = experiment.State,
        ["startDate"] = experiment.Start,
        ["endDate"] = experiment.End,
        ["decision"] = experiment.Decision,
        ["url"] = call.Link("experiment", experiment.Id),
        ["variants"] = experiment.Variants.Select(variant => new JsonObject { ["key"] = variant.Key, ["name"] = variant.Name, ["weight"] = variant.Weight }).List(),
        ["metrics"] = experiment.Metrics.Select(metric => new JsonObject { ["metricId"] = metric.MetricId, ["goal"] = metric.Goal }).List(),
    };

    private (Project Project, Experiment Item) Find(ToolCall call, string asked) =>
        call.Find(workspace, "experiment", asked, project => project.Experiments, experiment => experiment.Key == asked ? asked : experiment.Id);

    private JsonObject Get(ToolCall call, string field) => new()
    {
        ["success"] = true,
        ["experiments"] = call.Required(field).Distinct().Select(id => Find(call, id)).Select(pair => Describe(call, pair.Project, pair.Item)).List(),
    };

    private JsonObject Analyze(ToolCall call)
    {
        var (project, experiment) = Find(call, call.RequiredText("id"));
        var asked = call.Texts("metricIds");
        string[] ids = asked.Length > 0 ? [.. asked.Distinct()] : [.. experiment.Metrics.Take(1).Select(metric => metric.MetricId)];
        SavedMetric[] metrics = [.. ids.Select(id => Array.Find(project.Metrics, metric => metric.Id == id) ?? throw new ToolErrorException($"NotFoundError: No metric {id}"))];
        var groups = call.Arguments.Items("groupBy").Select(item => new GroupKey(item.Required("value"), item.Text("type") ?? "user")).ToArray();
        Filter[] filters = [.. call.Arguments.Items("filters").Select(item => RawFilter.OfEvent(item, Scopes.User))];
        foreach (var key in groups.Concat(filters.Select(filter => new GroupKey(filter.Property, filter.Scope))))
        {
            _ = workspace.Events(project).Properties.Find(key.Scope, key.Property) ?? throw new ToolErrorException($"Invalid {key.Scope} property {key.Property}");
        }

        return new ExperimentReport(runner, project, experiment, new(filters, groups.FirstOrDefault())).Build(metrics);
    }

    private JsonObject Flags(ToolCall call) => new()
    {
        ["success"] = true,
        ["flags"] = call.Find(workspace, "flag", call.Required("flagIds"), project => project.Flags, flag => flag.Key).Select(pair => new JsonObject
        {
            ["id"] = pair.Item.Key,
            ["key"] = pair.Item.Key,
            ["name"] = pair.Item.Name,
            ["description"] = pair.Item.Description,
            ["appId"] = pair.Project.Id,
            ["enabled"] = pair.Item.Enabled,
            ["deployments"] = pair.Item.Deployments.List(),
        }).List(),
    };

    private static JsonObject Deployments(ToolCall call) => new()
    {
        ["success"] = true,
        ["deployments"] = call.Organisation.Projects.SelectMany(project => project.Flags.SelectMany(flag => flag.Deployments).Distinct(), (project, id) => new JsonObject { ["id"] = id, ["appId"] = project.Id }).List(),
    };
}
