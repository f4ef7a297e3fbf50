using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query.Reading;

namespace ClariBI.Sandbox.Query.Stickiness;

/// <summary>Exists in raw form only.</summary>
internal sealed class StickinessKind(Workspace workspace) : IChartKind
{
    private const int MostEvents = 10;

    public string Raw => "stickiness";

    public Type Query => typeof(StickinessQuery);

    public string RawExample => """
        {"type":"stickiness","params":{"range":"Last 12 Weeks","events":[{"event_type":"_active","filters":[],"group_by":[]}],"interval":7,"countGroup":"User","segments":[{"conditions":[]}]}}
        """;

    public string RawParameters => """{"events":"1 to 10 of {event_type, filters}, each a series","interval":[7,30]}""";

    public ChartQuery ReadRaw(string? name, JsonElement parameters, RawReader read)
    {
        if (parameters.Number("interval", 7) is not (7 or 30))
        {
            throw new ToolErrorException("params.interval: Input should be one of 7, 30");
        }

        EventRef[] events = [.. parameters.Items("events").Select(read.Event)];
        if (events.Length is 0 or > MostEvents)
        {
            throw new ToolErrorException(events.Length == 0 ? "params.events: Field required" : $"params.events: Array should have at most {MostEvents} items");
        }

        var groups = GroupKeys.Joined(read.Groups(parameters, "groupBy"), events.SelectMany(item => item.GroupBy));
        var range = read.Range(parameters);
        return new StickinessQuery(name ?? "Stickiness", range.Interval == Interval.Day ? Weekly(range) : range, read.Segments(parameters), groups, events);
    }

    public void WriteRaw(ChartQuery query, JsonObject parameters) => parameters["events"] = new JsonArray([.. ((StickinessQuery)query).Events.Select(RawWriter.Event)]);

    public JsonObject Run(Project project, ChartQuery query, ChartLimits limits) =>
        StickinessRendering.Render((StickinessQuery)query, new StickyDays(workspace, project).Run((StickinessQuery)query, limits.Groups));

    /// <summary>Left out, the interval is a week here and not the day it is elsewhere.</summary>
    private static DateRange Weekly(DateRange range) => new(range.Start, range.End, range.Zone, Interval.Week, range.Now, range.WeekStart);
}
