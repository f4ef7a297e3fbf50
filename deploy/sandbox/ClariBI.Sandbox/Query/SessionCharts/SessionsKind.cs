using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query.Reading;

namespace ClariBI.Sandbox.Query.SessionCharts;

internal sealed class SessionsKind(Workspace workspace) : IChartKind
{
    public string? Typed => "sessions";

    public string Raw => "sessions";

    public Type Query => typeof(SessionsQuery);

    public string? TypedSchema => $$"""
        {"type":"object","properties":{"kind":{"type":"string","const":"sessions"},
         "measured_as":{"type":"string","enum":["totalSessions","average","peruser"],"default":"totalSessions"},
         {{ChartSchema.Common}} },"required":["kind","date_range"],"additionalProperties":false}
        """;

    public string RawExample => """
        {"type":"sessions","params":{"range":"Last 30 Days","sessions":[{"filters":[],"group_by":[]}],"sessionType":"average","countGroup":"User","interval":1,"segments":[{"conditions":[]}]}}
        """;

    public ChartQuery ReadTyped(JsonElement chart, TypedReader read)
    {
        return new SessionsQuery(TypedReader.Name(chart, "Sessions"), read.Range(chart), read.Segments(chart), read.Groups(chart), Measure(chart.Text("measured_as")));
    }

    public ChartQuery ReadRaw(string? name, JsonElement parameters, RawReader read)
    {
        return new SessionsQuery(name ?? "Sessions", read.Range(parameters), read.Segments(parameters), read.Groups(parameters, "groupBy"), Measure(parameters.Text("sessionType")));
    }

    public void WriteRaw(ChartQuery query, JsonObject parameters)
    {
        var sessions = (SessionsQuery)query;
        parameters["sessionType"] = sessions.Measure switch
        {
            SessionMeasure.Total => "totalSessions",
            SessionMeasure.AverageLength => "average",
            _ => "peruser",
        };
    }

    public JsonObject Run(Project project, ChartQuery query, ChartLimits limits) => CsvRendering.Render(query, new Sessions(workspace, project).Run((SessionsQuery)query), limits);

    private static SessionMeasure Measure(string? type) => type switch
    {
        null or "totalSessions" => SessionMeasure.Total,
        "average" => SessionMeasure.AverageLength,
        "peruser" => SessionMeasure.PerUser,
        _ => throw new ToolErrorException("measured_as: Input should be one of totalSessions, average, peruser"),
    };
}
