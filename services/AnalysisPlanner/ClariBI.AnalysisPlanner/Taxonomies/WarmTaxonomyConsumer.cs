using ClariBI.AnalysisPlanner.DataSources;
using ClariBI.Contracts.Connector;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace ClariBI.AnalysisPlanner.Taxonomies;

/// <summary>Reads a new data source's names at once, so that the first question need not wait for them.</summary>
internal sealed partial class WarmTaxonomyConsumer(
    ConnectorClient connector, TaxonomyCache taxonomies, ILogger<WarmTaxonomyConsumer> logger) : IConsumer<DataSourceConnected>
{
    public async Task Consume(ConsumeContext<DataSourceConnected> context)
    {
        var source = context.Message;
        taxonomies.Forget(source.DataSourceId);
        try
        {
            var session = await connector.OpenAsync(
                new Requester(source.WorkspaceId, "ClariBI (reading names)"), source.DataSourceId, context.CancellationToken);
            await taxonomies.GetAsync(session, context.CancellationToken);
        }
        catch (PlannerProblemException exception)
        {
            // The first question reads them itself, and shows the problem to a person if it still exists.
            LogNotWarmed(source.DataSourceId, exception.Problem.Type);
        }
    }

    [LoggerMessage(LogLevel.Information, "The names of data source {DataSourceId} were not read ahead: {Problem}.")]
    private partial void LogNotWarmed(Guid dataSourceId, string problem);
}
