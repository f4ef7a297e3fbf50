using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources.History;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Vendors;
using ClariBI.Contracts.CredentialVault;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources;

/// <summary>The vendor ended a grant: the data source says so before anybody asks it a question.</summary>
internal sealed class GrantInvalidatedConsumer(
    ConnectorDbContext db, DataSourceStates states, SessionCaches caches, VendorCatalogue catalogue) : IConsumer<GrantInvalidated>
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

        if (await db.WithGrantAsync(ended.GrantId, ended.WorkspaceId, context.CancellationToken) is not { } source)
        {
            return;
        }

        var vendor = catalogue.NameOf(source);
        var next = ended.ClientGone is null
            ? ConnectionState.NeedsReauthorization(StateCodes.GrantEnded, $"{vendor} ended the access it had given: it expired there, or somebody withdrew it.", vendor)
            : ConnectionState.NeedsReauthorization(StateCodes.ClientGone, $"{vendor} no longer knows ClariBI's registration.", vendor);
        if (await states.ChangeAsync(source, next, context.CancellationToken))
        {
            await db.SaveChangesAsync(context.CancellationToken);

            // Calls under way end by themselves, told that a person is needed; closing their session would tell them less.
            caches.Inventories.Forget(source.Id);
        }
    }
}
