using System.Data.Common;
using System.Globalization;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Access;
using ClariBI.CredentialVault.Data;
using ClariBI.CredentialVault.Keys;
using ClariBI.CredentialVault.Revocations;
using ClariBI.CredentialVault.Rotations;
using ClariBI.CredentialVault.Secrets;
using ClariBI.CredentialVault.Vendor;
using ClariBI.Messaging.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClariBI.CredentialVault.Grants;

/// <summary>Brings the vendor's answer into the row, announces it and logs it, in one save.</summary>
internal sealed partial class GrantRenewal(
    VaultDbContext db, IOutbox<VaultDbContext> outbox, PendingRevocations revocations, WrappingKeys wrappingKeys, RefreshContext context)
{
    private const int MostSaves = 6;
    private static readonly TimeSpan SaveAgain = TimeSpan.FromMilliseconds(200);

    /// <param name="held">The wrapping key from before the vendor was asked, for when no other can be had now.</param>
    public async Task TakeAsync(Grant grant, RefreshAnswer answer, bool followsRejection, KeyEncryptionKey held)
    {
        switch (answer)
        {
            case RefreshAnswer.Renewed(var tokens):
                using (tokens)
                {
                    await StoreAsync(grant, tokens, followsRejection, await LatestKeyAsync(held));
                }

                break;
            case RefreshAnswer.Ended ended:
                await EndAsync(grant, Reason(grant, ended), ended.ClientGone);
                break;
            case RefreshAnswer.Failed failed:
                await FailAsync(grant, failed);
                break;
            default:
                throw new InvalidOperationException($"Unknown answer {answer.GetType().Name} to a refresh.");
        }
    }

    public async Task EndAsync(Grant grant, string reason, GoneClient? clientGone = null)
    {
        var now = context.Clock.GetUtcNow();
        grant.End(reason);
        outbox.Publish(new GrantInvalidated(grant.Id, grant.WorkspaceId, grant.Generation, reason, now, clientGone));
        db.AccessLog.Add(AccessLogEntry.Of(grant, VaultModule.Service, "refresh", "ended", now));

        // Of two that ask at once the slower one may be told invalid_grant: then the row is not as we read it, and nothing ends.
        if (await SavedAsync(CancellationToken.None))
        {
            LogEnded(context.Logger, grant.Id, reason);
        }
    }

    /// <returns>False when the row is not as it was read: the other writer's version stands.</returns>
    public async Task<bool> SavedAsync(CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return true;
            }
            catch (DbUpdateConcurrencyException)
            {
                db.ChangeTracker.Clear();
                return false;
            }
            catch (Exception exception) when (exception is (DbUpdateException or DbException) && tries < MostSaves)
            {
                // A database that is away for a few seconds must not cost a pair of tokens that exists nowhere else.
                LogNotSaved(context.Logger, exception);
                await Task.Delay(SaveAgain * (1 << tries), context.Clock, cancellationToken);
            }
        }
    }

    private async Task StoreAsync(Grant grant, HeldTokens tokens, bool followsRejection, KeyEncryptionKey wrapping)
    {
        var (id, workspace, next) = (grant.Id, grant.WorkspaceId, grant.Generation + 1);
        var row = grant;
        while (true)
        {
            var now = context.Clock.GetUtcNow();
            row.Refresh(tokens, GrantCipher.Seal(tokens, workspace, id, next, wrapping), followsRejection, now);
            db.AccessLog.Add(AccessLogEntry.Of(row, VaultModule.Service, "refresh", "refreshed", now));
            outbox.Publish(new GrantRefreshed(id, workspace, next, now, tokens.ExpiresAt));
            if (await SavedAsync(CancellationToken.None))
            {
                return;
            }

            var current = await db.Grants.SingleOrDefaultAsync(stored => stored.Id == id);
            if (current is null || current.State == GrantState.Ended)
            {
                // Deleted, or ended by another, while the vendor answered: what it gave must not outlive that.
                LogGoneMeanwhile(context.Logger, id);
                await revocations.AddAsync(tokens, workspace, id, next, CancellationToken.None);
                return;
            }

            if (current.Generation + 1 != next)
            {
                return;
            }

            // Only the claim is another's: we took so long that it ran out. Our pair is the vendor's answer, so it is stored.
            row = current;
        }
    }

    private async Task FailAsync(Grant grant, RefreshAnswer.Failed failed)
    {
        var now = context.Clock.GetUtcNow();
        var retryAt = RefreshTiming.RetryAt(now, grant.Failures, failed.RetryAfter);
        LogFailed(context.Logger, grant.Id, failed.Detail, retryAt);
        grant.RefreshFailed(failed.Detail, failed.Doubtful, now, retryAt);
        db.AccessLog.Add(AccessLogEntry.Of(grant, VaultModule.Service, "refresh", "refresh_failed", now));
        if (grant.Failures == 1)
        {
            outbox.Publish(new GrantRefreshFailed(grant.Id, grant.WorkspaceId, grant.Generation, failed.Detail, now, retryAt));
        }

        await SavedAsync(CancellationToken.None);
    }

    /// <summary>A rotation may have begun while the vendor was asked.</summary>
    private async Task<KeyEncryptionKey> LatestKeyAsync(KeyEncryptionKey held)
    {
        try
        {
            return await wrappingKeys.CurrentAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is InvalidOperationException or DbException)
        {
            return held;
        }
    }

    /// <summary>Does not blame the vendor for what an interruption of ours may have caused.</summary>
    private static string Reason(Grant grant, RefreshAnswer.Ended ended) => (ended.Cause, grant.Doubt) switch
    {
        (EndCause.InvalidClient, _) => $"{ended.Host} no longer knows ClariBI's registration. Connect again.",
        (EndCause.ServiceAccountRefused, _) => $"{ended.Host} no longer accepts the service account's credentials. Enter valid ones.",
        (_, RefreshDoubt.Interrupted) =>
            $"A renewal was interrupted at {Time(grant)} UTC: ClariBI stopped before it could store the new token, and {ended.Host} does not take the earlier one again. Connect again.",
        (_, RefreshDoubt.Unanswered) =>
            $"At {Time(grant)} UTC {ended.Host} was asked to renew the access and its answer did not arrive; it does not take the earlier token again. Connect again.",
        _ => $"{ended.Host} no longer honours this access: it expired there or was withdrawn. Connect again.",
    };

    private static string Time(Grant grant) => grant.DoubtAt?.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "an earlier time";

    [LoggerMessage(LogLevel.Information, "Grant {GrantId} was deleted or ended while it was refreshed; the new tokens are revoked.")]
    private static partial void LogGoneMeanwhile(ILogger logger, Guid grantId);

    [LoggerMessage(LogLevel.Warning, "What a refresh came to could not be stored yet; it is tried again.")]
    private static partial void LogNotSaved(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Grant {GrantId} could not be refreshed and is kept: {Detail} Next try not before {RetryAt:u}.")]
    private static partial void LogFailed(ILogger logger, Guid grantId, string detail, DateTimeOffset retryAt);

    [LoggerMessage(LogLevel.Warning, "Grant {GrantId} ended: {Reason}")]
    private static partial void LogEnded(ILogger logger, Guid grantId, string reason);
}
