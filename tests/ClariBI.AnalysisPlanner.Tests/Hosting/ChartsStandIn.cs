using System.Collections.Concurrent;
using ClariBI.Contracts.Charts;
using MassTransit;

namespace ClariBI.AnalysisPlanner.Tests.Hosting;

/// <summary>Answers where Charts would; drawing again for the same analysis gives the same chart.</summary>
public sealed class ChartsStandIn
{
    private readonly ConcurrentDictionary<Guid, Guid> charts = new();
    private readonly ConcurrentQueue<DrawChart> asked = new();

    public bool Answers { get; set; } = true;

    public IReadOnlyList<DrawChart> AskedFor(Guid analysisId) => [.. asked.Where(request => request.AnalysisId == analysisId)];

    public HostReceiveEndpointHandle Connect(IBusControl bus)
    {
        return bus.ConnectReceiveEndpoint("charts-stand-in", queue => queue.Handler<DrawChart>(async context =>
        {
            asked.Enqueue(context.Message);
            if (Answers)
            {
                await context.RespondAsync(new ChartDrawn(charts.GetOrAdd(context.Message.AnalysisId, _ => Guid.CreateVersion7()), ChartType.Bar, "Bars."));
            }
        }));
    }
}
