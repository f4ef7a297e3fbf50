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
}
