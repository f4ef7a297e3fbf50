using System.Data.Common;
using System.Security.Cryptography;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Access;
using ClariBI.CredentialVault.Data;
using ClariBI.CredentialVault.Keys;
using ClariBI.CredentialVault.Vendor;
using ClariBI.Messaging.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClariBI.CredentialVault.Grants;

internal abstract record RefreshOutcome
{
    /// <summary>The row changed, by us or by another: read it again.</summary>
    internal sealed record Changed : RefreshOutcome;

    /// <summary>Somebody else is at it, and the caller has a token that still lives.</summary>
    internal sealed record Busy : RefreshOutcome;

    /// <summary>The vendor could not be asked; the grant is untouched.</summary>
    internal sealed record Unavailable(string Detail) : RefreshOutcome;
}

/// <summary>
/// Refreshes a grant once, however many ask. Order: gate in this process, claim in the row, vendor, new pair stored under the
/// old generation and our claim. A process that dies between the vendor's answer and the save leaves the claim to run out;
/// the next one then tries the old refresh token, which vendors with a grace period accept.
/// </summary>
internal sealed partial class GrantRefresher(
    VaultDbContext db, IOutbox<VaultDbContext> outbox, GrantCipher cipher, VendorTokenEndpoint vendor, RefreshContext context)
{
    private const int MostSaves = 5;
    private static readonly TimeSpan FailureMemory = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SaveAgain = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <param name="wait">Whether the caller cannot do without: then it waits for a refresh that is under way.</param>
    public async Task<RefreshOutcome> RefreshAsync(Grant grant, bool wait, CancellationToken cancellationToken)
    {
        var gate = context.Gates.For(grant.Id);
        if (!gate.TryEnter())
        {
            if (!wait)
            {
                return new RefreshOutcome.Busy();
            }

            await gate.EnterAsync(cancellationToken);
            gate.Leave();
            return gate.LastFailure is { } failure && failure.At + FailureMemory > context.Clock.GetUtcNow()
                ? new RefreshOutcome.Unavailable(failure.Detail)
                : new RefreshOutcome.Changed();
        }

        try
        {
            var outcome = await ClaimAndRefreshAsync(grant, wait, cancellationToken);
            gate.LastFailure = outcome is RefreshOutcome.Unavailable(var detail) ? (detail, context.Clock.GetUtcNow()) : null;
            return outcome;
        }
        finally
        {
            gate.Leave();
        }
    }

    private async Task<RefreshOutcome> ClaimAndRefreshAsync(Grant grant, bool wait, CancellationToken cancellationToken)
    {
        // What was read before the gate may be old by now.
        var generation = grant.Generation;
        await db.Entry(grant).ReloadAsync(cancellationToken);
        if (db.Entry(grant).State == EntityState.Detached || grant.Generation != generation || grant.State == GrantState.Ended)
        {
            return new RefreshOutcome.Changed();
        }

        var now = context.Clock.GetUtcNow();
        if (grant.IsClaimed(now))
        {
            return wait ? await FollowAsync(grant, cancellationToken) : new RefreshOutcome.Busy();
        }

        // Whatever can fail on our side fails before the vendor is asked: its answer spends the refresh token.
        var wrapping = await cipher.WrappingKeyAsync(cancellationToken);
        grant.Claim(Guid.NewGuid(), now + context.Options.Value.VendorTimeout + TimeSpan.FromSeconds(15));
        if (!await SavedAsync(cancellationToken))
        {
            return new RefreshOutcome.Changed();
        }

        GrantTokens tokens;
        try
        {
            tokens = await cipher.OpenAsync(grant, cancellationToken);
        }
        catch (CryptographicException)
        {
            return await EndAsync(grant, "The stored credential is damaged and cannot be opened.", cancellationToken);
        }

        // Once the vendor was asked, the new pair must be stored even if whoever asked has gone; the vendor has its own limit.
        return tokens.RefreshToken is null
            ? await EndAsync(grant, "The access token ended and the vendor gave no way to renew it.", cancellationToken)
            : await StoreAsync(grant, wrapping, await vendor.RefreshAsync(tokens, CancellationToken.None));
    }

    private async Task<RefreshOutcome> StoreAsync(Grant grant, KeyEncryptionKey wrapping, RefreshAnswer answer)
    {
        var now = context.Clock.GetUtcNow();
        switch (answer)
        {
            case RefreshAnswer.Renewed(var tokens):
                grant.Refresh(tokens, GrantCipher.Seal(tokens, grant, grant.Generation + 1, wrapping), now);
                db.AccessLog.Add(AccessLogEntry.Of(grant, VaultModule.Service, "refresh", "refreshed", now));
                if (!await SavedAsync(CancellationToken.None) && !await db.Grants.AnyAsync(row => row.Id == grant.Id))
                {
                    // Deleted while the vendor answered: what it gave must not outlive the deletion.
                    LogDeletedMeanwhile(context.Logger, grant.Id);
                    await vendor.RevokeAsync(tokens, null, CancellationToken.None);
                }

                return new RefreshOutcome.Changed();
            case RefreshAnswer.Ended(var reason, var clientGone):
                return await EndAsync(grant, reason, CancellationToken.None, clientGone);
            case RefreshAnswer.Failed(var detail):
                LogFailed(context.Logger, grant.Id, detail);
                grant.RefreshFailed(now + TimeSpan.FromSeconds(30));
                await SavedAsync(CancellationToken.None);
                return new RefreshOutcome.Unavailable(detail);
            default:
                throw new InvalidOperationException($"Unknown answer {answer.GetType().Name} to a refresh.");
        }
    }

    private async Task<RefreshOutcome> EndAsync(Grant grant, string reason, CancellationToken cancellationToken, GoneClient? clientGone = null)
    {
        var now = context.Clock.GetUtcNow();
        grant.End(reason);
        outbox.Publish(new GrantInvalidated(grant.Id, grant.WorkspaceId, grant.Generation, reason, now, clientGone));
        db.AccessLog.Add(AccessLogEntry.Of(grant, VaultModule.Service, "refresh", "ended", now));
        if (await SavedAsync(cancellationToken))
        {
            LogEnded(context.Logger, grant.Id, reason);
        }

        return new RefreshOutcome.Changed();
    }

    /// <summary>Another replica refreshes: wait until the row tells.</summary>
    private async Task<RefreshOutcome> FollowAsync(Grant grant, CancellationToken cancellationToken)
    {
        var generation = grant.Generation;
        while (grant.Generation == generation && grant.IsClaimed(context.Clock.GetUtcNow()))
        {
            await Task.Delay(Poll, context.Clock, cancellationToken);
            await db.Entry(grant).ReloadAsync(cancellationToken);
            if (db.Entry(grant).State == EntityState.Detached)
            {
                break;
            }
        }

        return new RefreshOutcome.Changed();
    }

    /// <returns>False when the row is not as it was read: the other writer's version stands.</returns>
    private async Task<bool> SavedAsync(CancellationToken cancellationToken)
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
                // A database that is away for a second must not cost a pair of tokens that exists nowhere else.
                LogNotSaved(context.Logger, exception);
                await Task.Delay(SaveAgain * tries, context.Clock, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Grant {GrantId} was deleted while it was refreshed; the new tokens are revoked.")]
    private static partial void LogDeletedMeanwhile(ILogger logger, Guid grantId);

    [LoggerMessage(LogLevel.Warning, "What a refresh came to could not be stored yet; it is tried again.")]
    private static partial void LogNotSaved(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Grant {GrantId} could not be refreshed and is kept: {Detail}")]
    private static partial void LogFailed(ILogger logger, Guid grantId, string detail);

    [LoggerMessage(LogLevel.Warning, "Grant {GrantId} ended: {Reason}")]
    private static partial void LogEnded(ILogger logger, Guid grantId, string reason);
}

/// <summary>What a refresh needs of the process, apart from its own scope.</summary>
internal sealed class RefreshContext(
    RefreshGates gates, TimeProvider clock, IOptions<VaultOptions> options, ILogger<GrantRefresher> logger)
{
    public RefreshGates Gates => gates;

    public TimeProvider Clock => clock;

    public IOptions<VaultOptions> Options => options;

    public ILogger Logger => logger;
}
