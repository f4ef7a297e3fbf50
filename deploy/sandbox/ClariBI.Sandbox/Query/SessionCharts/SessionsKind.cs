using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query.Reading;

namespace ClariBI.Sandbox.Query.SessionCharts;

internal sealed class SessionsKind(Workspace workspace) : IChartKind
{
    private const int MostEntries = 10;
    private static readonly string Measures = string.Join(",", SessionMeasures.Names.Append("formula").Select(name => $"\"{name}\""));

    public string? Typed => "sessions";

    public string Raw => "sessions";

    public Type Query => typeof(SessionsQuery);

    public string? TypedSchema => $$"""
        {"type":"object","properties":{"kind":{"type":"string","const":"sessions"},
         "measured_as":{"type":"string","enum":[{{Measures}}],"default":"totalSessions"},
         "groups":{"type":"array","minItems":1,"maxItems":10,"items":{"type":"object","properties":{"where":{{ChartSchema.Where}},"group_by":{{ChartSchema.GroupBy}} },"additionalProperties":false},
           "description":"Sessions made up of the events that fit; a series for each"},
         {{ChartSchema.Common}} },"required":["kind","date_range"],"additionalProperties":false}
        """;

    public string RawExample => """
        {"type":"sessions","params":{"range":"Last 30 Days","sessions":[{"filters":[],"group_by":[]}],"sessionType":"average","countGroup":"User","interval":1,"segments":[{"conditions":[]}]}}
        """;

    public string RawParameters => $$"""
        {"sessions":"1 to 10 of {filters, group_by}: sessions are made up of the events that fit","sessionType":[{{Measures}}]}
        """;

    public ChartQuery ReadTyped(JsonElement chart, TypedReader read)
    {
        var entries = Entries(chart, "groups", "event", read.Event).DefaultIfEmpty(new("_active", [], [])).ToArray();
        return new SessionsQuery(TypedReader.Name(chart, "Sessions"), read.Range(chart), read.Segments(chart), GroupKeys.Joined(read.Groups(chart), entries.SelectMany(entry => entry.GroupBy)), entries)
        {
            Measure = SessionMeasures.Read("measured_as", chart.Text("measured_as")),
        };
    }

    public ChartQuery ReadRaw(string? name, JsonElement parameters, RawReader read)
    {
        var entries = Entries(parameters, "sessions", "event_type", read.Event);
        if (entries.Length == 0)
        {
            throw new ToolErrorException("params.sessions: Field required");
        }

        return new SessionsQuery(name ?? "Sessions", read.Range(parameters), read.Segments(parameters), GroupKeys.Joined(read.Groups(parameters, "groupBy"), entries.SelectMany(entry => entry.GroupBy)), entries)
        {
            Measure = SessionMeasures.Read("params.sessionType", parameters.Text("sessionType")),
        };
    }

    public void WriteRaw(ChartQuery query, JsonObject parameters)
    {
        var sessions = (SessionsQuery)query;
        parameters["sessions"] = new JsonArray([.. sessions.Entries.Select(RawWriter.Event)]);
        parameters["sessionType"] = SessionMeasures.Names[(int)sessions.Measure];
    }

    public JsonObject Run(Project project, ChartQuery query, ChartLimits limits)
    {
        var sessions = (SessionsQuery)query;
        return SeriesRendering.Render(query, new Sessions(workspace, project).Run(sessions), limits, SessionMeasures.Label(sessions.Measure) is { } label ? [label.Name] : []);
    }

    /// <summary>An entry is written like an event without a name: any event will do.</summary>
    private static EventRef[] Entries(JsonElement chart, string field, string nameField, Func<JsonElement, EventRef> read)
    {
        EventRef[] entries = [.. chart.Items(field).Select((item, index) => item.ValueKind == JsonValueKind.Object
            ? read(Named(item, nameField))
            : throw new ToolErrorException($"{field}.{index}: Input should be an object"))];
        return entries.Length <= MostEntries ? entries : throw new ToolErrorException($"{field}: Array should have at most {MostEntries} items");
    }

    private static JsonElement Named(JsonElement entry, string nameField)
    {
        var named = new JsonObject { [nameField] = entry.Text(nameField) ?? "_active" };
        foreach (var field in entry.EnumerateObject().Where(field => field.Name != nameField))
        {
            named[field.Name] = JsonNode.Parse(field.Value.GetRawText());
        }

        return named.Element();
    }
}
