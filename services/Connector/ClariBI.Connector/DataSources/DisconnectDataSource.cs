using ClariBI.Connector.Data;
using ClariBI.Connector.Grants;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Vendors;
using ClariBI.Contracts.Connector;
using ClariBI.Messaging.Outbox;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources;

/// <summary>The credential goes first; only then is the data source called disconnected.</summary>
internal static class DisconnectDataSource
{
    public static void MapDisconnectDataSource(this IEndpointRouteBuilder connector) =>
        connector.MapPost("/api/data-sources/{id:guid}/disconnect", HandleAsync).WithName(nameof(DisconnectDataSource))
            .WithSummary("Delete the credential and ask the vendor to revoke it")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<DataSourceResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ConnectorDbContext db, DataSourceEnding ending, VendorCatalogue catalogue, CancellationToken cancellationToken)
    {
        var source = await db.DataSources.In(caller).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (source is null)
        {
            return DataSourceProblems.NotFound();
        }

        try
        {
            if (source.State != DataSourceState.Disconnected)
            {
                var name = catalogue.Find(source.Vendor)?.Name ?? source.Vendor;
                await ending.DisconnectAsync(source, source.IsSandbox ? $"{name} sandbox" : name, caller, cancellationToken);
            }

            return TypedResults.Ok(await db.DescribeAsync(source, catalogue, cancellationToken));
        }
        catch (VaultUnavailableException unavailable)
        {
            return DataSourceProblems.VaultUnavailable(unavailable);
        }
    }
}

internal sealed class DataSourceEnding(
    ConnectorDbContext db, IOutbox<ConnectorDbContext> outbox, VaultClient vault, SessionCaches caches, TimeProvider clock)
{
    /// <exception cref="VaultUnavailableException">Nothing was changed.</exception>
    public async Task DisconnectAsync(DataSource source, string vendorName, Caller caller, CancellationToken cancellationToken)
    {
        // Before the credential is gone: closing a session takes a token.
        await caches.ForgetAsync(source.Id);
        var revoked = await vault.RevokeAsync(source.GrantId, source.WorkspaceId, cancellationToken, vendorName);
        var now = clock.GetUtcNow();
        while (true)
        {
            source.Disconnect($"The credential was deleted. {revoked.Detail}", caller.Name, now);
            outbox.Publish(new DataSourceStateChanged(source.Id, source.WorkspaceId, source.State, source.StateReason, now));
            outbox.Publish(new DataSourceDisconnected(source.Id, source.WorkspaceId, caller.Name, now));
            try
            {
                // The credential is deleted by now, so leaving half-way is no longer an option.
                await db.SaveChangesAsync(CancellationToken.None);
                return;
            }
            catch (DbUpdateConcurrencyException)
            {
                db.ChangeTracker.Clear();
                db.Attach(source);
                await db.Entry(source).ReloadAsync(CancellationToken.None);
            }
        }
    }
}
