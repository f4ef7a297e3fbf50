using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ClariBI.Connector;

internal static class ConnectorTelemetry
{
    public const string Name = "ClariBI.Connector";

    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Tool calls by vendor, tool and outcome.</summary>
    public static readonly Histogram<double> CallDuration =
        Meter.CreateHistogram<double>("claribi.connector.call.duration", "s", "Time of a tool call, policy and vendor together.");

    public static readonly Counter<long> Calls = Meter.CreateCounter<long>("claribi.connector.calls", "{call}", "Tool calls that were asked for.");

    public static readonly Counter<long> Retries = Meter.CreateCounter<long>("claribi.connector.call.retries", "{retry}", "Calls that were sent again, by cause.");

    public static readonly Counter<long> Coalesced =
        Meter.CreateCounter<long>("claribi.connector.call.coalesced", "{call}", "Calls that shared the answer to the same call under way.");

    public static readonly Counter<long> TruncatedRows =
        Meter.CreateCounter<long>("claribi.connector.call.truncated_rows", "{row}", "Rows that were left out of results.");

    public static readonly Histogram<double> LimitWait =
        Meter.CreateHistogram<double>("claribi.connector.call.limit_wait", "s", "Time that calls waited for a limit.");

    public static readonly UpDownCounter<long> Sessions =
        Meter.CreateUpDownCounter<long>("claribi.connector.sessions", "{session}", "MCP sessions that are open.");
}
