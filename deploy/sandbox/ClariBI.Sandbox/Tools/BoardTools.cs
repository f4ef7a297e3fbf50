using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.OAuth;
using ClariBI.Sandbox.Query;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Tools;

/// <summary>Dashboards and notebooks, under the names of both generations.</summary>
internal sealed class BoardTools(Additions additions, Workspace workspace) : IToolFamily
{
    private const int MostBoards = 3;

    private const string Rows = """
        {"type":"array","maxItems":100,"items":{"type":"object","properties":{"height":{"type":"integer","enum":[375,500,625,750]},
         "items":{"type":"array","minItems":1,"maxItems":4,"items":{"type":"object","properties":{"id":{"type":"string"},"type":{"type":"string","enum":["chart","rich_text","session_replay","video","image","cohort"]},"width":{"type":"integer","minimum":3,"maximum":12},"content":{"type":"string"},"chartId":{"type":"string"}},"required":["type","width"]}}},"required":["height","items"],"additionalProperties":false}}
        """;

    private static readonly Tool UseDashboards = ToolDefinition.Open(ToolDefinition.Mixed("use_amp_dashboards", "Working with dashboards", """
        Reads, creates and changes dashboards, depending on action.

        WHEN TO USE:
        - To see which charts a dashboard holds. Compute them with get_amplitude_charts; the dashboard's own filters are not applied there.

        INSTRUCTIONS:
        - get reads up to 3 dashboardIds.
        - create wants a name and rows; a row's items are 3 to 12 twelfths wide.
        """, $$"""
        {"action":{"type":"string","enum":["get","create","edit","replace_properties","subscribe","edit_subscription"],"default":"get"},
         "dashboardIds":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":3},"dashboardId":{"type":"string"},"projectId":{{Replies.ProjectId}},
         "name":{"type":"string"},"description":{"type":"string"},"rows":{{Rows}},"chartEdits":{"type":"array","items":{"type":"object"} },"chartMetas":{"type":"object"},"destination":{"type":"object"} }
        """));

    private static readonly Tool UseNotebooks = ToolDefinition.Open(ToolDefinition.Mixed("use_amp_notebooks", "Working with notebooks", """
        Reads, creates and changes notebooks, depending on action.

        WHEN TO USE:
        - To read the text and the charts of a notebook.
        """, $$"""
        {"action":{"type":"string","enum":["get","create","edit"],"default":"get"},"notebookIds":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":3},"notebookId":{"type":"string"},
         "projectId":{{Replies.ProjectId}},"name":{"type":"string"},"rows":{"type":"array","items":{"type":"object"} },"destination":{"type":"object"} }
        """));

    private static readonly Tool CreateDashboard = ToolDefinition.Write("create_dashboard", "Creating a dashboard", """
        Creates a dashboard of saved charts and text.

        WHEN TO USE:
        - When the user wants charts kept together. Save unsaved ones first.
        """, $$"""
        {"projectId":{{Replies.ProjectId}},"name":{"type":"string"},"description":{"type":"string"},"rows":{{Rows}},"chartMetas":{"type":"object"} }
        """, "name", "rows");

    public IEnumerable<InlineTool> Tools =>
    [
        new(UseDashboards, call => (call.Text("action") ?? "get") switch
        {
            "get" => Dashboards(call),
            "create" => Create(call),
            _ => WriteTool.Refuse(call, "Changing dashboards"),
        }),
        new(ToolDefinition.Read("get_dashboard", "Reading a dashboard", """
            Reads dashboards and the ids of their charts.

            WHEN TO USE:
            - To see which charts a dashboard holds. Compute them with query_charts.
            """, """{"dashboardId":{"type":"string"},"dashboardIds":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":3}}"""), Dashboards),
        new(CreateDashboard, Create),
        new(UseNotebooks, call => (call.Text("action") ?? "get") == "get" ? Notebooks(call) : WriteTool.Refuse(call, "Changing notebooks")),
        new(ToolDefinition.Write("create_notebook", "Creating a notebook", """
            Creates a notebook of charts and text.

            WHEN TO USE:
            - When the user wants an analysis written down with its charts.
            """, """{"name":{"type":"string"},"rows":{"type":"array","items":{"type":"object"}}}""", "name", "rows"), call => WriteTool.Refuse(call, "Creating notebooks")),
    ];

    public static JsonObject Describe(ToolCall call, Project project, Dashboard board) => new()
    {
        ["id"] = board.Id,
        ["name"] = board.Name,
        ["description"] = board.Description,
        ["appId"] = project.Id,
        ["owner"] = board.Owner,
        ["isOfficial"] = board.IsOfficial,
        ["url"] = call.Link("dashboard", board.Id),
        ["chartIds"] = Charts(board.Rows),
        ["rows"] = Layout(board.Rows),
    };

    public static JsonObject Describe(ToolCall call, Project project, Notebook notebook) => new()
    {
        ["id"] = notebook.Id,
        ["name"] = notebook.Name,
        ["description"] = notebook.Description,
        ["appId"] = project.Id,
        ["url"] = call.Link("notebook", notebook.Id),
        ["chartIds"] = Charts(notebook.Rows),
        ["rows"] = Layout(notebook.Rows),
    };

    private JsonObject Dashboards(ToolCall call) => new()
    {
        ["success"] = true,
        ["dashboards"] = call.Find(workspace, "dashboard", Ids(call, "dashboardIds", "dashboardId"), project => project.Dashboards, board => board.Id).Select(pair => Describe(call, pair.Project, pair.Item)).List(),
    };

    private JsonObject Notebooks(ToolCall call) => new()
    {
        ["success"] = true,
        ["notebooks"] = call.Find(workspace, "notebook", Ids(call, "notebookIds", "notebookId"), project => project.Notebooks, notebook => notebook.Id).Select(pair => Describe(call, pair.Project, pair.Item)).List(),
    };

    private static string[] Ids(ToolCall call, string several, string single)
    {
        string[] ids = [.. call.Texts(several), .. call.Text(single) is { } id ? new[] { id } : []];
        return ids.Length switch
        {
            0 => throw new ToolErrorException($"{several}: Field required"),
            > MostBoards => throw new ToolErrorException($"{several}: Array should have at most {MostBoards} items"),
            _ => ids,
        };
    }

    /// <summary>Every chart has to exist, in one project: that of the dashboard.</summary>
    private JsonObject Create(ToolCall call)
    {
        call.RequireWrite("Creating dashboards");
        if (!call.Arguments.TryGetProperty("rows", out var given))
        {
            throw new ToolErrorException("rows: Field required");
        }

        var rows = given.EnumerateArray().Select(Row).ToArray();
        var charts = rows.SelectMany(row => row.Items).Select(item => item.ChartId).OfType<string>().Select(id => call.Find(workspace, "chart", id, project => project.Charts, chart => chart.Id)).ToArray();
        var project = charts.Length > 0 && !call.Arguments.TryGetProperty("projectId", out _) ? charts[0].Project : call.Project();
        var board = new Dashboard(Secrets.ShortId(), call.RequiredText("name")) { Description = call.Text("description"), Owner = call.Grant.ClientName, Rows = rows };
        additions.Add(call.Organisation, project.Id, board);
        return new() { ["success"] = true, ["dashboardId"] = board.Id, ["url"] = call.Link("dashboard", board.Id), ["dashboard"] = Describe(call, project, board) };
    }

    private static BoardRow Row(JsonElement row)
    {
        BoardItem[] items = [.. row.Items("items").Select(item => new BoardItem(item.Required("type"), item.Number("width", 12)) { ChartId = item.Text("chartId"), Content = item.Text("content") })];
        return items.Sum(item => item.Width) > 12 ? throw new ToolErrorException("rows: Input should be items at most 12 wide together")
            : Array.Exists(items, item => item.Type == "chart" && item.ChartId is null) ? throw new ToolErrorException("chartId: Field required")
            : new(row.Number("height", 500), items);
    }

    private static JsonArray Charts(BoardRow[] rows) => rows.SelectMany(row => row.Items).Select(item => item.ChartId).OfType<string>().Distinct().List();

    private static JsonArray Layout(BoardRow[] rows) => rows.Select(row => new JsonObject
    {
        ["height"] = row.Height,
        ["items"] = row.Items.Select(item => new JsonObject { ["type"] = item.Type, ["width"] = item.Width, ["chartId"] = item.ChartId, ["content"] = item.Content }).List(),
    }).List();
}
