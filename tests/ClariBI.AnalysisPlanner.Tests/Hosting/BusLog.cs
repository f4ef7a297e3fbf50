using System.Collections.Concurrent;
using ClariBI.Contracts.AnalysisPlanner;
using MassTransit;

namespace ClariBI.AnalysisPlanner.Tests.Hosting;

/// <summary>The events the planner published.</summary>
public sealed class BusLog
{
    private readonly ConcurrentQueue<object> events = new();

    public IReadOnlyList<T> Of<T>() => [.. events.OfType<T>()];

    public HostReceiveEndpointHandle Connect(IBusControl bus)
    {
        return bus.ConnectReceiveEndpoint("bus-log", queue =>
        {
            queue.Handler<AnalysisProgressed>(context => Add(context.Message));
            queue.Handler<AnalysisCompleted>(context => Add(context.Message));
            queue.Handler<AnalysisFailed>(context => Add(context.Message));
        });
    }

    private Task Add(object message)
    {
        events.Enqueue(message);
        return Task.CompletedTask;
    }
}
