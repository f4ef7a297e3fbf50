using ClariBI.Connector.Data;
using ClariBI.Connector.Mcp;
using ClariBI.Contracts.Connector;
using ClariBI.Contracts.CredentialVault;
using ClariBI.Messaging.Outbox;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources;

/// <summary>The vendor ended a grant: the data source says so before anybody asks it a question.</summary>
internal sealed class GrantInvalidatedConsumer(
    ConnectorDbContext db, IOutbox<ConnectorDbContext> outbox, SessionCaches caches, TimeProvider clock) : IConsumer<GrantInvalidated>
{
    public async Task Consume(ConsumeContext<GrantInvalidated> context)
    {
        var ended = context.Message;
        if (ended.ClientGone is { } gone)
        {
            // Connecting again then registers anew instead of failing with the same client.
            await db.ClientRegistrations.Where(row => row.Issuer == gone.Issuer && row.ClientId == gone.ClientId)
                .ExecuteDeleteAsync(context.CancellationToken);
        }

        var source = await db.DataSources.SingleOrDefaultAsync(
            row => row.GrantId == ended.GrantId && row.WorkspaceId == ended.WorkspaceId, context.CancellationToken);
        if (source is null || !source.Become(DataSourceState.NeedsReauthorization, ended.Reason))
        {
            return;
        }

        outbox.Publish(new DataSourceStateChanged(source.Id, source.WorkspaceId, source.State, source.StateReason, clock.GetUtcNow()));
        await db.SaveChangesAsync(context.CancellationToken);
        await caches.ForgetAsync(source.Id);
    }
}
