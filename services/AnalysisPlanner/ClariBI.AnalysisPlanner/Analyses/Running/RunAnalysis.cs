using MassTransit;
using Microsoft.Extensions.Options;

namespace ClariBI.AnalysisPlanner.Analyses.Running;

/// <summary>The planner's own command: work on this analysis. Sending it twice starts one run.</summary>
internal sealed record RunAnalysis(Guid AnalysisId);

internal sealed class RunAnalysisDefinition : ConsumerDefinition<RunAnalysisConsumer>
{
    public const string Queue = "planner-run-analysis";

    private readonly int limit;

    public RunAnalysisDefinition(IOptions<PlannerOptions> options)
    {
        EndpointName = Queue;
        limit = options.Value.ConcurrentAnalyses;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<RunAnalysisConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        // What this process cannot work on now stays in the queue, where another worker finds it.
        endpointConfigurator.PrefetchCount = limit;
        endpointConfigurator.ConcurrentMessageLimit = limit;
    }
}
