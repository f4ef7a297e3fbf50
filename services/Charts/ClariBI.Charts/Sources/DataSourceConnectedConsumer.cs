using ClariBI.Contracts.Connector;
using MassTransit;

namespace ClariBI.Charts.Sources;

internal sealed class DataSourceConnectedConsumer(SourceStates states) : IConsumer<DataSourceConnected>
{
    public Task Consume(ConsumeContext<DataSourceConnected> context) => states.ChangeAsync(
        (context.Message.DataSourceId, context.Message.WorkspaceId), SourceStanding.Usable, detail: null, context.Message.At, context.CancellationToken);
}
