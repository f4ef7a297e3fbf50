using System.Globalization;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.SessionCharts;

/// <summary>Names of the measures, the same in both forms, and what each one is of sessions with uid, length (seconds) and events.</summary>
internal static class SessionMeasures
{
    /// <summary>In the order of the enumeration.</summary>
    public static readonly string[] Names = ["totalSessions", "average", "length", "peruser", "totalTime", "averageTimePerUser", "averageEventsPerSession", "totalEvents", "eventCountDistribution"];

    private static readonly int[] LengthEdges = [0, 3, 10, 30, 60, 180, 600, 1800, 3600, 86_400];

    public static SessionMeasure Read(string field, string? name) => name switch
    {
        null => SessionMeasure.Total,
        "formula" => throw new ToolErrorException($"{field}: formula is not computed for sessions by the sandbox; use another measure, or a data table"),
        _ when Array.IndexOf(Names, name) is >= 0 and var index => (SessionMeasure)index,
        _ => throw new ToolErrorException($"{field}: Input should be one of {string.Join(", ", Names)}"),
    };

    public static string Expression(SessionMeasure measure) => measure switch
    {
        SessionMeasure.Total or SessionMeasure.Lengths or SessionMeasure.EventCounts => "count(*)",
        SessionMeasure.AverageLength => "avg(length)",
        SessionMeasure.PerUser => "count(*) / count(DISTINCT uid)",
        SessionMeasure.TotalTime => "sum(length)",
        SessionMeasure.TimePerUser => "sum(length) / count(DISTINCT uid)",
        SessionMeasure.EventsPerSession => "avg(events)",
        SessionMeasure.TotalEvents => "sum(events)::DOUBLE",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Distributions count sessions by a label of their own: its name, and what it is of a session.</summary>
    public static (string Name, string Expression)? Label(SessionMeasure measure) => measure switch
    {
        SessionMeasure.Lengths => ("Length", $"CASE {string.Concat(LengthEdges.Skip(1).Select(Bin))}END"),
        SessionMeasure.EventCounts => ("Events", "CASE WHEN events >= 10 THEN '10+' ELSE events::VARCHAR END"),
        _ => null,
    };

    /// <summary>The last bin takes whatever is longer, too.</summary>
    private static string Bin(int until, int index)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"'{LengthEdges[index]}s-{until}s'");
        return until == LengthEdges[^1] ? $"ELSE {name} " : string.Create(CultureInfo.InvariantCulture, $"WHEN length < {until} THEN {name} ");
    }
}
