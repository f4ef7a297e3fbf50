using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query.Reading;

namespace ClariBI.Sandbox.Query.Unsupported;

/// <summary>A chart type that exists and whose results are not known; refused rather than invented.</summary>
internal sealed class MetricExplorerKind : IChartKind
{
    public string Raw => "metricExplorer";

    public Type Query => typeof(MetricExplorerKind);

    public string RawExample => """
        {"type":"metricExplorer","params":{"range":"Last 30 Days","metrics":[{"metricId":"1"}],"countGroup":"User","segments":[{"conditions":[]}]}}
        """;

    public ChartQuery ReadRaw(string? name, JsonElement parameters, RawReader read) => throw Refusal();

    public void WriteRaw(ChartQuery query, JsonObject parameters) => throw Refusal();

    public JsonObject Run(Project project, ChartQuery query, ChartLimits limits) => throw Refusal();

    private static ToolErrorException Refusal() => new("type: metricExplorer is not computed by the sandbox; use eventsSegmentation for the metric itself");
}
