using System.Text.Json.Nodes;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query;
using ClariBI.Sandbox.Query.Reading;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Tools;

/// <summary>Reading saved charts, under the names of both generations.</summary>
internal sealed class ChartTools(SavedCharts charts, QueryAmplitudeData query, IEnumerable<IChartKind> kinds) : IToolFamily
{
    private const int MostWithData = 3;

    private static readonly Tool GetAmplitudeCharts = ToolDefinition.Read("get_amplitude_charts", "Reading charts", """
        Reads saved charts: their link, their typed form, their raw definition, or their data.

        WHEN TO USE:
        - When a saved chart already answers the question. Find ids with search_amp_entities.

        INSTRUCTIONS:
        - include decides what comes back; the default is the link alone.
        - Data mode takes at most 3 charts at once, saved and unsaved together.
        - Guide mode takes a chartType instead of ids, and says how a chart of that type is written.

        WORKFLOW:
        - Read the typed form, change it, and send it to query_amplitude_data. Typed reads say as_ where queries want as.
        """, """
        {"chartIds":{"type":"array","items":{"type":"string"}},
         "chartEditIds":{"type":"array","items":{"type":"string"},"description":"Unsaved charts, data mode only"},
         "include":{"type":"string","enum":["link","typed","definition","data","guide"],"default":"link"},
         "groupByLimit":{"type":"integer","minimum":1,"maximum":1000,"default":10},
         "timeSeriesLimit":{"type":"integer","minimum":0,"maximum":1000,"default":6},
         "excludeIncompleteDatapoints":{"type":"boolean","default":false},
         "vis":{"type":"string","enum":["line","area","bar","pie","stackedbar"]},"theme":{"type":"string","enum":["light","dark"]},
         "chartType":{"type":"string","enum":["eventsSegmentation","funnels","metricExplorer","retention","revenueLtv","sessions","stickiness"],"description":"Guide mode only"},
         "includeAdditionalInfo":{"type":"array","items":{"type":"string","enum":["chartConfig"]}}}
        """);

    public IEnumerable<InlineTool> Tools =>
    [
        new(GetAmplitudeCharts, call => call.Text("include") == "guide" ? Guide(call) : Read(call)),
        new(ToolDefinition.Read("get_charts", "Reading chart data", """
            Reads the full definitions of saved charts.

            WHEN TO USE:
            - To see how a chart is made before querying or changing it.

            INSTRUCTIONS:
            - Find the ids with search.
            """, """{"chartIds":{"type":"array","items":{"type":"string"},"minItems":1,"description":"Charts to read"}}""", "chartIds"),
            call => charts.Read(call, "definition", call.Texts("chartIds"), [])),
        new(ToolDefinition.Read("query_chart", "Analyzing chart", """
            Computes one saved chart.

            WHEN TO USE:
            - When the numbers of a saved chart are wanted. Find its id with search.
            """, """{"chartId":{"type":"string"},"groupByLimit":{"type":"integer","minimum":1,"maximum":1000,"default":10},"timeSeriesLimit":{"type":"integer","minimum":0,"maximum":1000,"default":6},"excludeIncompleteDatapoints":{"type":"boolean"}}""", "chartId"),
            QueryOne),
        new(ToolDefinition.Read("query_charts", "Querying charts", """
            Computes up to three saved charts at once.

            WHEN TO USE:
            - When a question needs the numbers of several saved charts.

            INSTRUCTIONS:
            - A chart that cannot be read is told in its own result; the others still come.
            """, """{"chartIds":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":3},"groupByLimit":{"type":"integer","minimum":1,"maximum":1000,"default":10},"timeSeriesLimit":{"type":"integer","minimum":0,"maximum":1000,"default":6},"excludeIncompleteDatapoints":{"type":"boolean"}}""", "chartIds"),
            call => charts.Read(call, "data", call.Texts("chartIds"), [])),
        new(QueryDataset, QueryAsync),
        new(ToolDefinition.Read("render_amplitude_chart", "Showing a chart", """
            Shows a chart to the user where the client can draw one; elsewhere it answers with the link.

            WHEN TO USE:
            - When the user wants to see a chart rather than read numbers.

            INSTRUCTIONS:
            - Give exactly one of chartId and chartEditId.
            """, """{"chartId":{"type":"string"},"chartEditId":{"type":"string"},"title":{"type":"string"}}"""), Render),
    ];

    private static Tool QueryDataset => ToolDefinition.Read("query_dataset", "Querying data", """
        Computes a chart from a raw definition without saving it.

        WHEN TO USE:
        - When no saved chart answers the question, after the event and property names have been looked up.

        INSTRUCTIONS:
        - definition is {app, type, params}; user properties are written with the prefix gp:.
        - The reply's editId can be saved with save_chart_edits.
        """, $$"""
        {"projectId":{{Replies.ProjectId}},
         "definition":{"type":"object","description":"{app, type, name, params}"},
         "chartId":{"type":"string","description":"Saved chart whose parameters are the defaults"},
         "groupByLimit":{"type":"integer","minimum":1,"maximum":1000,"default":10},
         "timeSeriesLimit":{"type":"integer","minimum":0,"maximum":1000,"default":3},
         "excludeIncompleteDatapoints":{"type":"boolean","default":false} }
        """, "projectId", "definition");

    private JsonObject Read(ToolCall call)
    {
        var include = call.Text("include") ?? "link";
        var (saved, unsaved) = (call.Texts("chartIds"), call.Texts("chartEditIds"));
        var asked = saved.Length + unsaved.Length;
        if (asked == 0)
        {
            throw new ToolErrorException("chartIds: Field required");
        }

        if (include == "data" ? asked > MostWithData : unsaved.Length > 0)
        {
            throw new ToolErrorException(include == "data" ? "At most 3 charts can be read at once in data mode" : "chartEditIds can be read in data mode only");
        }

        return charts.Read(call, include, saved, unsaved);
    }

    private JsonObject QueryOne(ToolCall call)
    {
        var reply = charts.Saved(call, call.Text("chartId")!, "data");
        reply.Insert(0, "success", true);
        return reply;
    }

    /// <summary>The older name of a query in raw form, and of what it leaves behind.</summary>
    private async Task<JsonNode> QueryAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var reply = (await query.InvokeAsync(call, cancellationToken)).AsObject();
        reply["editId"] = reply["chartEditId"]!.DeepClone();
        reply.Remove("chartEditId");
        return reply;
    }

    private JsonObject Render(ToolCall call)
    {
        var (saved, unsaved) = (call.Text("chartId"), call.Text("chartEditId"));
        if (saved is null == unsaved is null)
        {
            throw new ToolErrorException("Give exactly one of chartId and chartEditId");
        }

        var (name, url) = saved is not null
            ? (charts.Saved(call, saved, "link")["name"]!.GetValue<string>(), call.Link("chart", saved))
            : (charts.FindEdit(call, unsaved!).Name, call.Link("chart/new", unsaved!));
        return new() { ["success"] = true, ["shouldRenderUI"] = true, ["title"] = call.Text("title") ?? name, ["url"] = url };
    }

    /// <summary>What a wrong definition is answered with, before it was written.</summary>
    private JsonObject Guide(ToolCall call)
    {
        var type = call.RequiredText("chartType");
        return new() { ["success"] = true, ["chartType"] = type, ["guide"] = RawSchema.Of(kinds.First(kind => kind.Raw == type)) };
    }
}
