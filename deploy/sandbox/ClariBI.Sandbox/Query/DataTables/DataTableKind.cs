using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query.Reading;

namespace ClariBI.Sandbox.Query.DataTables;

internal sealed class DataTableKind(Workspace workspace) : IChartKind
{
    public string? Typed => "data_table";

    public string Raw => "dataTableV2";

    public Type Query => typeof(DataTableQuery);

    public string? TypedSchema => $$"""
        {"type":"object","properties":{"kind":{"type":"string","const":"data_table"},
         "columns":{"type":"array","minItems":1,"maxItems":20,"items":{"type":"object","properties":{
           "metric_type":{"type":"string","enum":[{{Texts(ColumnReading.MetricTypes)}}]},"name":{"type":"string"},
           "event":{{ChartSchema.Event}},"events":{"type":"array","maxItems":10,"items":{{ChartSchema.Event}} },"formula":{"type":"string"},
           "aggregation_property":{"anyOf":[{"type":"string"},{{ChartSchema.GroupKey}}]},
           "session_measure":{"type":"string","enum":[{{Texts(ColumnReading.SessionMeasures)}}]},
           "conversion_seconds":{"type":"integer","minimum":1,"maximum":31622400} },"required":["metric_type"],"additionalProperties":false} },
         "rows":{"type":"array","maxItems":3,"items":{"type":"object","properties":{"kind":{"type":"string","enum":["property","time"]},"property":{"type":"string"},
           "scope":{"type":"string","enum":["event","user","group","session","derivedV2"]},"group_type":{"type":"string"},
           "interval":{"type":"string","enum":["five_minute","hour","day","week","month","quarter"]} },"required":["kind"],"additionalProperties":false} },
         "name":{"type":"string"},"vis":{"type":"string","enum":["table"]},"segments":{{ChartSchema.Segments}},"date_range":{{ChartSchema.Range}},
         "interval":{"type":"string","enum":["five_minute","hour","day","week","month","quarter"],"default":"day"} },"required":["kind","columns","date_range"],"additionalProperties":false}
        """;

    public string RawExample => """
        {"type":"dataTableV2","params":{"range":"Last 30 Days","countGroup":"User","interval":1,"segments":[{"conditions":[]}],
         "table":{"columns":[{"metric_type":"UNIQUES","event":{"event_type":"A","filters":[],"group_by":[]}}],"rows":[{"kind":"property","type":"user","value":"platform"}]}}}
        """;

    public string RawParameters => """
        {"table":"{columns: [{metric_type, event or events, formula, aggregation_property: a name or {type, value}, session_measure, conversion_seconds}], rows: [{kind: property, type, value} | {kind: time}]}"}
        """;

    public ChartQuery ReadTyped(JsonElement chart, TypedReader read)
    {
        var (groups, byTime) = Rows(chart, "rows", read.Group);
        var interval = chart.Items("rows").Select(row => row.Text("interval")).FirstOrDefault(given => given is not null) ?? chart.Text("interval");
        var dated = new JsonObject { ["date_range"] = JsonNode.Parse(chart.Field("date_range").GetRawText()), ["interval"] = interval };
        return new DataTableQuery(TypedReader.Name(chart, "Data table"), read.Range(dated.Element()), read.Segments(chart), groups, byTime, new ColumnReading(read.Event, read.Group).Read(chart, "columns"));
    }

    public ChartQuery ReadRaw(string? name, JsonElement parameters, RawReader read)
    {
        var table = parameters.Field("table");
        if (table.ValueKind != JsonValueKind.Object)
        {
            throw new ToolErrorException("params.table: Field required");
        }

        var (groups, byTime) = Rows(table, "params.table.rows", read.Group);
        return new DataTableQuery(name ?? "Data table", read.Range(parameters), read.Segments(parameters), groups, byTime, new ColumnReading(read.Event, read.Group).Read(table, "params.table.columns"));
    }

    public void WriteRaw(ChartQuery query, JsonObject parameters)
    {
        var table = (DataTableQuery)query;
        var rows = new JsonArray([.. RawWriter.Groups(table.GroupBy).OfType<JsonObject>().Select(group =>
        {
            var row = (JsonObject)group.DeepClone();
            row["kind"] = "property";
            return row;
        })]);
        if (table.ByTime)
        {
            rows.Add(new JsonObject { ["kind"] = "time" });
        }

        parameters.Remove("groupBy");
        parameters["table"] = new JsonObject { ["columns"] = new JsonArray([.. table.Columns.Select(Column)]), ["rows"] = rows };
    }

    public JsonObject Run(Project project, ChartQuery query, ChartLimits limits)
    {
        var table = (DataTableQuery)query;
        var values = new ColumnValues(workspace, project);
        return DataTableRendering.Render(table, [.. table.Columns.Select(column => values.Of(table, column))], limits);
    }

    private static JsonObject Column(TableColumn column)
    {
        var written = new JsonObject { ["metric_type"] = column.MetricType, ["name"] = column.Label, ["events"] = new JsonArray([.. column.Events.Select(RawWriter.Event)]) };
        written["formula"] = column.Formula;
        written["aggregation_property"] = column.Measured is null ? null : RawWriter.Groups([column.Measured])[0]!.DeepClone();
        written["session_measure"] = column.SessionMeasure;
        written["conversion_seconds"] = column.ConversionSeconds;
        return written;
    }

    private static (GroupKey[] Groups, bool ByTime) Rows(JsonElement table, string field, Func<JsonElement, GroupKey> readProperty)
    {
        var (groups, byTime) = (new List<GroupKey>(), false);
        foreach (var row in table.Items("rows"))
        {
            switch (row.Text("kind"))
            {
                case null or "property":
                    groups.Add(readProperty(row));
                    break;
                case "time":
                    byTime = true;
                    break;
                default:
                    throw new ToolErrorException($"{field}.kind: Input should be one of property, time");
            }
        }

        return (GroupKeys.Checked(field, groups), byTime);
    }

    private static string Texts(string[] values) => string.Join(',', values.Select(value => $"\"{value}\""));
}
