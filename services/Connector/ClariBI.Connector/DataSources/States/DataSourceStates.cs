using System.Globalization;
using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources.History;
using ClariBI.Contracts.Connector;
using ClariBI.Contracts.CredentialVault;
using ClariBI.Messaging.Outbox;

namespace ClariBI.Connector.DataSources.States;

/// <summary>The one place where the state of a data source changes: each change leaves a line in the timeline and one event.</summary>
internal sealed class DataSourceStates(IDataSourceHistory history, IOutbox<ConnectorDbContext> outbox, TimeProvider clock)
{
    /// <summary>Part of the unit of work: saved with it.</summary>
    /// <returns>False when nothing changed.</returns>
    public async Task<bool> ChangeAsync(DataSource source, ConnectionState next, CancellationToken cancellationToken)
    {
        var before = source.State;
        if (!source.Become(next))
        {
            return false;
        }

        // Another cause of the same state is shown, and nobody has to be told.
        if (source.State != before)
        {
            await TellAsync(source, cancellationToken);
            Publish(source);
        }

        return true;
    }

    /// <summary>A person ended it, and the vault has deleted the credential. Part of the unit of work.</summary>
    public async Task DisconnectAsync(DataSource source, GrantRevoked revoked, string by)
    {
        var now = clock.GetUtcNow();
        source.Disconnect($"The credential was deleted. {revoked.Detail}", by, now);
        history.Add(source, HistoryKind.Disconnected, "Disconnected", "The credential was deleted. What was saved before stays.", by);
        if (revoked.VendorConfirmed)
        {
            history.Add(source, HistoryKind.RevocationConfirmed, "The vendor confirmed the revocation", revoked.Detail);
        }
        else
        {
            await history.CountAsync(
                source,
                new CountedLine(
                    HistoryKind.RevocationPending, GrantRevocationSettledConsumer.PendingKey(source.GrantId), _ => "The vendor has not confirmed the revocation", revoked.Detail),
                CancellationToken.None);
        }

        Publish(source);
        outbox.Publish(new DataSourceDisconnected(source.Id, source.WorkspaceId, by, now));
    }

    private void Publish(DataSource source) =>
        outbox.Publish(new DataSourceStateChanged(source.Id, source.WorkspaceId, source.State, source.StateReason, clock.GetUtcNow()));

    private Task TellAsync(DataSource source, CancellationToken cancellationToken)
    {
        var day = clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var detail = $"{source.StateReason} {source.Fix}".Trim();
        switch (source.State)
        {
            case DataSourceState.Connected:
                return history.CountAsync(
                    source, new CountedLine(HistoryKind.Recovered, $"recovered:{day}", count => count == 1 ? "Works again" : $"Works again, {count} times that day"),
                    cancellationToken);
            case DataSourceState.Degraded:
                return history.CountAsync(
                    source,
                    new CountedLine(HistoryKind.Degraded, $"degraded:{source.StateCode}:{day}", count => count == 1 ? "Limited" : $"Limited, {count} times that day", detail),
                    cancellationToken);
            default:
                history.Add(source, HistoryKind.NeedsReauthorization, "Has to be authorized again", detail);
                return Task.CompletedTask;
        }
    }
}
