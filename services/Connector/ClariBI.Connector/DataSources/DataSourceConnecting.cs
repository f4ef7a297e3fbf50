using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources.History;
using ClariBI.Connector.Grants;
using ClariBI.Contracts.Connector;
using ClariBI.Contracts.CredentialVault;
using ClariBI.Messaging.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources;

/// <summary>What a person decided when they finished an authorization.</summary>
internal sealed record Finish(Guid AuthorizationId, Guid? DataSourceId, string Name, VendorProject? Project, string By);

internal abstract record FinishOutcome
{
    internal sealed record Connected(DataSource Source) : FinishOutcome;

    /// <summary>Another request finished the authorization first, or took it back.</summary>
    internal sealed record AlreadyUsed : FinishOutcome;

    /// <summary>The data source was disconnected or deleted meanwhile: the fresh grant was given back.</summary>
    internal sealed record Gone : FinishOutcome;

    internal sealed record NameTaken : FinishOutcome;
}

/// <summary>Gives a data source its grant, and takes the one it had before back.</summary>
internal sealed partial class DataSourceConnecting(
    ConnectorStore store, IOutbox<ConnectorDbContext> outbox, IDataSourceHistory history, DataSourceEnding ending, ILogger<DataSourceConnecting> logger)
{
    private const int Attempts = 5;

    /// <param name="seen">The state in which the person reconnected it; null for a new one.</param>
    public async Task<FinishOutcome> ConnectAsync(Finish finish, DataSourceState? seen, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            store.Db.ChangeTracker.Clear();
            var authorization = await store.Db.Authorizations.SingleOrDefaultAsync(row => row.Id == finish.AuthorizationId, cancellationToken);
            if (authorization is not { Status: AuthorizationStatus.Authorized })
            {
                return new FinishOutcome.AlreadyUsed();
            }

            var reconnected = finish.DataSourceId is { } id
                ? await store.Db.DataSources.SingleOrDefaultAsync(row => row.Id == id && row.WorkspaceId == authorization.WorkspaceId, cancellationToken)
                : null;
            if (finish.DataSourceId is not null && (reconnected is null || (reconnected.State == DataSourceState.Disconnected && seen != DataSourceState.Disconnected)))
            {
                await GiveBackAsync(authorization);
                return new FinishOutcome.Gone();
            }

            var replaced = reconnected is { State: not DataSourceState.Disconnected } ? reconnected.GrantId : (Guid?)null;
            var source = Take(authorization, reconnected, finish);
            if (replaced is { } old)
            {
                // With the save: a grant that nothing points to any more must not live on because this process died.
                outbox.Send(VaultQueues.RevokeGrant, ending.Revocation(old, source.WorkspaceId));
            }

            try
            {
                await store.Db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // A check or a call wrote what it saw, or somebody else finished or disconnected: look again.
                continue;
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                store.Db.ChangeTracker.Clear();
                if (await IsTakenAsync(source, cancellationToken))
                {
                    return new FinishOutcome.NameTaken();
                }

                // The database was away for a moment, or the vault's grant is another row's: the last attempt tells.
                continue;
            }

            // What was asked before there was a data source belongs to it now.
            await store.Db.Calls.Where(call => call.DataSourceId == authorization.Id)
                .ExecuteUpdateAsync(call => call.SetProperty(row => row.DataSourceId, source.Id), CancellationToken.None);
            await ending.ForgetSessionsAsync(source.Id);
            return new FinishOutcome.Connected(source);
        }
    }

    private Task<bool> IsTakenAsync(DataSource source, CancellationToken cancellationToken) =>
        store.Db.DataSources.AnyAsync(
            row => row.WorkspaceId == source.WorkspaceId && row.NameKey == source.NameKey && row.Id != source.Id, cancellationToken);

    private DataSource Take(Authorization authorization, DataSource? reconnected, Finish finish)
    {
        var now = store.Clock.GetUtcNow();
        var source = reconnected ?? DataSource.Create(authorization, finish.Name, finish.Project, now);
        var how = authorization.ServiceAccount ? "by a service account" : "by consent";
        if (reconnected is null)
        {
            store.Db.DataSources.Add(source);
            history.Add(source, HistoryKind.Consented, $"Connected {how}", Describe(source), finish.By);
        }
        else
        {
            var (wasConnected, before) = (source.State == DataSourceState.Connected, source.Organization);
            source.Connect(authorization, finish.Name, finish.Project, now);
            var moved = before is not null && before != source.Organization ? $" It was {before} before." : "";
            history.Add(source, HistoryKind.Reconnected, $"Connected again {how}", Describe(source) + moved, finish.By);
            if (!wasConnected)
            {
                outbox.Publish(new DataSourceStateChanged(source.Id, source.WorkspaceId, source.State, source.StateReason, now));
            }
        }

        authorization.Finish();
        outbox.Publish(new DataSourceConnected(source.Id, source.WorkspaceId, now));
        return source;
    }

    private static string Describe(DataSource source) =>
        $"{source.Organization ?? "The account"}{(source.ProjectName is { } project ? $", project {project}" : "")}. Granted: {(source.Scopes.Length == 0 ? "what the vendor chose" : source.Scopes)}.";

    /// <summary>Nobody will use this grant: it must not stay alive at the vendor.</summary>
    private async Task GiveBackAsync(Authorization authorization)
    {
        // Claimed before the grant goes, as the clean-up does: somebody who finishes at this moment either keeps both or gets neither.
        authorization.Fail(
            AuthorizationStep.Store, "The data source was disconnected in the meantime.", "The new access was given back. Start over to connect it again.");
        try
        {
            await store.Db.SaveChangesAsync(CancellationToken.None);
            await ending.RevokeAsync(authorization.GrantId, authorization.WorkspaceId);
            authorization.ForgetGrant();
            await store.Db.SaveChangesAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is VaultUnavailableException or DbUpdateConcurrencyException)
        {
            // The clean-up of authorizations takes it back later.
            LogOldGrantKept(authorization.GrantId, authorization.DataSourceId ?? Guid.Empty);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Grant {GrantId}, which data source {DataSourceId} does not use, could not be revoked: the vault did not answer.")]
    private partial void LogOldGrantKept(Guid grantId, Guid dataSourceId);
}
