using ClariBI.Contracts.Connector;
using MassTransit;

namespace ClariBI.AnalysisPlanner.Taxonomies;

/// <summary>Lets go of the names of a data source that is disconnected.</summary>
internal sealed class ForgetTaxonomyConsumer(TaxonomyCache taxonomies) : IConsumer<DataSourceDisconnected>
{
    public Task Consume(ConsumeContext<DataSourceDisconnected> context)
    {
        taxonomies.Forget(context.Message.DataSourceId);
        return Task.CompletedTask;
    }
}
