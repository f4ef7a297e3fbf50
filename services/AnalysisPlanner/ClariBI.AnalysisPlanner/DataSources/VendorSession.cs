using System.Diagnostics;
using System.Text.Json.Nodes;
using ClariBI.Contracts.Connector;

namespace ClariBI.AnalysisPlanner.DataSources;

/// <summary>One data source for the length of a run: its tools, a way to call them, and a record of the calls for the evidence.</summary>
internal sealed class VendorSession(ConnectorClient connector, Requester requester, ToolList list)
{
    private readonly Lock gate = new();
    private readonly SortedList<int, VendorCall> calls = [];
    private int begun;

    public DataSourceInfo DataSource => list.DataSource;

    public IReadOnlyList<ToolInfo> Tools => list.Tools;

    /// <summary>In the order in which they were begun.</summary>
    public IReadOnlyList<VendorCall> Calls
    {
        get
        {
            lock (gate)
            {
                return [.. calls.Values];
            }
        }
    }

    public async Task<ToolCallCompleted> CallAsync(string tool, JsonObject arguments, CancellationToken cancellationToken)
    {
        using var activity = PlannerTelemetry.Activities.StartActivity($"vendor {tool}", ActivityKind.Client);
        var json = arguments.ToJsonString();
        var number = Interlocked.Increment(ref begun);
        var completed = await connector.CallAsync(requester, DataSource.Id, tool, json, cancellationToken);
        PlannerTelemetry.VendorDuration.Record(completed.VendorTime.TotalSeconds, new KeyValuePair<string, object?>("vendor", DataSource.Vendor));
        lock (gate)
        {
            calls.Add(number, new VendorCall(tool, json, completed.VendorTime, completed.At));
        }

        return completed;
    }
}

internal sealed record VendorCall(string Tool, string ArgumentsJson, TimeSpan VendorTime, DateTimeOffset At);
