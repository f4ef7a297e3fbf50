using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query.Reading;

namespace ClariBI.Sandbox.Query.RevenueLtv;

/// <summary>Exists in raw form only.</summary>
internal sealed class RevenueLtvKind(Workspace workspace) : IChartKind
{
    private const string UsualProperty = "$revenue";

    public string Raw => "revenueLtv";

    public Type Query => typeof(RevenueLtvQuery);

    public string RawExample => """
        {"type":"revenueLtv","params":{"range":"Last 90 Days","metric":"2","event":{"event_type":"_any_revenue_event","filters":[],"group_by":[]},"revenueProperty":"$revenue",
         "groupBy":[],"countGroup":"User","interval":1,"segments":[{"conditions":[]}]}}
        """;

    public string RawParameters => """
        {"metric":["0","1","2","3"],"event":"{event_type, filters}; _any_revenue_event unless given","revenueProperty":"event property; $revenue unless given","interval":[1,7,30,90]}
        """;

    public ChartQuery ReadRaw(string? name, JsonElement parameters, RawReader read)
    {
        var range = read.Range(parameters);
        var paid = OptionalEvent.Read(parameters, "event", read.Event, "_any_revenue_event");
        return range.Interval < Interval.Day ? throw new ToolErrorException("params.interval: Input should be one of 1, 7, 30, 90")
            : paid.GroupBy.Length > 0 ? throw new ToolErrorException("params.event.group_by: new users are grouped by params.groupBy")
            : new RevenueLtvQuery(name ?? "Revenue LTV", range, read.Segments(parameters), read.Groups(parameters, "groupBy"), paid)
            {
                Revenue = new(parameters.Text("revenueProperty") ?? UsualProperty, "event"),
                Metric = Metric(parameters.Field("metric")),
            };
    }

    public void WriteRaw(ChartQuery query, JsonObject parameters)
    {
        var ltv = (RevenueLtvQuery)query;
        parameters["metric"] = $"{(int)ltv.Metric}";
        parameters["event"] = RawWriter.Event(ltv.Event);
        parameters["revenueProperty"] = ltv.Revenue.Property;
    }

    public JsonObject Run(Project project, ChartQuery query, ChartLimits limits) =>
        RevenueLtvRendering.Render((RevenueLtvQuery)query, new RevenueCohorts(workspace, project).Run((RevenueLtvQuery)query, limits.Groups));

    /// <summary>Written as text; the number itself is taken too.</summary>
    private static RevenueMetric Metric(JsonElement metric) => metric.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => RevenueMetric.PerUser,
        _ => metric.ToString() switch
        {
            "0" => RevenueMetric.PerUser,
            "1" => RevenueMetric.PerPayer,
            "2" => RevenueMetric.Total,
            "3" => RevenueMetric.Payers,
            _ => throw new ToolErrorException("params.metric: Input should be one of 0, 1, 2, 3"),
        },
    };
}
