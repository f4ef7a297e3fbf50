using System.Globalization;
using ClariBI.Connector.Data;
using ClariBI.Contracts.Connector;
using ClariBI.Contracts.CredentialVault;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources.History;

/// <summary>What the vault tells of a grant, as lines of the timeline. Renewals of a day are one line.</summary>
internal sealed class GrantRefreshedConsumer(ConnectorDbContext db, IDataSourceHistory history) : IConsumer<GrantRefreshed>
{
    public async Task Consume(ConsumeContext<GrantRefreshed> context)
    {
        var renewed = context.Message;
        if (await db.WithGrantAsync(renewed.GrantId, renewed.WorkspaceId, context.CancellationToken) is not { } source)
        {
            return;
        }

        if (!(source.GrantRefreshedAt >= renewed.At))
        {
            source.Observe(renewed.At, renewed.ExpiresAt);
        }

        var key = string.Create(CultureInfo.InvariantCulture, $"refreshed:{source.GrantGeneration}:{renewed.At.UtcDateTime:yyyyMMdd}");
        await history.CountAsync(
            source,
            new CountedLine(HistoryKind.Refreshed, key, count => count == 1 ? "Access renewed" : $"Access renewed {count} times that day", null, renewed.Generation),
            context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}

internal sealed class GrantRefreshFailedConsumer(ConnectorDbContext db, IDataSourceHistory history) : IConsumer<GrantRefreshFailed>
{
    public async Task Consume(ConsumeContext<GrantRefreshFailed> context)
    {
        var failed = context.Message;
        if (await db.WithGrantAsync(failed.GrantId, failed.WorkspaceId, context.CancellationToken) is not { } source)
        {
            return;
        }

        var key = string.Create(CultureInfo.InvariantCulture, $"refresh_failed:{failed.At.UtcDateTime:yyyyMMdd}");
        var again = failed.RetryAt.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture);
        await history.CountAsync(
            source,
            new CountedLine(
                HistoryKind.RefreshFailed, key, count => count == 1 ? "Access could not be renewed yet" : $"Access could not be renewed yet, {count} times that day",
                $"{failed.Detail} Nothing is lost; ClariBI tries again at {again} UTC."),
            context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}

/// <summary>A revocation that was open when its grant was given up came to its end.</summary>
internal sealed class GrantRevocationSettledConsumer(ConnectorDbContext db, IDataSourceHistory history) : IConsumer<GrantRevocationSettled>
{
    public async Task Consume(ConsumeContext<GrantRevocationSettled> context)
    {
        var settled = context.Message;
        var key = PendingKey(settled.GrantId);
        var pending = await db.History.SingleOrDefaultAsync(
            row => row.WorkspaceId == settled.WorkspaceId && row.CollapseKey == key, context.CancellationToken);
        if (pending is null || pending.Mark is not null)
        {
            return;
        }

        var source = await db.DataSources.SingleOrDefaultAsync(row => row.Id == pending.DataSourceId, context.CancellationToken);
        if (source is null)
        {
            return;
        }

        pending.Mark = 1;
        history.Add(source, HistoryKind.RevocationConfirmed, settled.Confirmed ? "The vendor confirmed the revocation" : "The vendor never confirmed the revocation", settled.Detail);
        if (source.State == DataSourceState.Disconnected && source.GrantId == settled.GrantId)
        {
            source.SettleRevocation($"The credential was deleted. {settled.Detail}");
        }

        await db.SaveChangesAsync(context.CancellationToken);
    }

    public static string PendingKey(Guid grantId) => $"revocation:{grantId:N}";
}

internal static class GrantQueries
{
    /// <returns>Null when no data source uses the grant any more.</returns>
    public static Task<DataSource?> WithGrantAsync(this ConnectorDbContext db, Guid grantId, Guid workspaceId, CancellationToken cancellationToken) =>
        db.DataSources.SingleOrDefaultAsync(
            row => row.GrantId == grantId && row.WorkspaceId == workspaceId && row.State != DataSourceState.Disconnected, cancellationToken);
}
