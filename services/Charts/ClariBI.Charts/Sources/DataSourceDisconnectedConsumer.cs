using ClariBI.Contracts.Connector;
using MassTransit;

namespace ClariBI.Charts.Sources;

internal sealed class DataSourceDisconnectedConsumer(SourceStates states) : IConsumer<DataSourceDisconnected>
{
    public Task Consume(ConsumeContext<DataSourceDisconnected> context) => states.ChangeAsync(
        (context.Message.DataSourceId, context.Message.WorkspaceId),
        SourceStanding.Disconnected, context.Message.DisconnectedBy, context.Message.At, context.CancellationToken);
}
