using ClariBI.Contracts.Connector;
using MassTransit;

namespace ClariBI.Charts.Sources;

/// <summary>
/// Only what decides whether tiles can be refreshed. A degraded source may still answer, and a disconnection comes as
/// <see cref="DataSourceDisconnected"/>, which says by whom.
/// </summary>
internal sealed class DataSourceStateChangedConsumer(SourceStates states) : IConsumer<DataSourceStateChanged>
{
    public Task Consume(ConsumeContext<DataSourceStateChanged> context)
    {
        var message = context.Message;
        SourceStanding? standing = message.State switch
        {
            DataSourceState.Connected => SourceStanding.Usable,
            DataSourceState.NeedsReauthorization => SourceStanding.NeedsReauthorization,
            _ => null,
        };
        return standing is { } known
            ? states.ChangeAsync((message.DataSourceId, message.WorkspaceId), known, message.Reason, message.At, context.CancellationToken)
            : Task.CompletedTask;
    }
}
