using System.Security.Cryptography;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Data;
using ClariBI.CredentialVault.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClariBI.CredentialVault.Grants;

internal abstract record LeaseResult
{
    /// <param name="Tokens">The receiver disposes them.</param>
    internal sealed record Granted(Grant Grant, HeldTokens Tokens) : LeaseResult;

    /// <param name="Grant">Null when there is none.</param>
    internal sealed record Refused(LeaseRefused Answer, Grant? Grant) : LeaseResult;
}

/// <summary>Finds the token to hand out, and has it refreshed first where that is due.</summary>
internal sealed partial class GrantLeases(
    VaultDbContext db, GrantRefresher refresher, GrantCipher cipher, TimeProvider clock, ILogger<GrantLeases> logger)
{
    private const int MostTurns = 6;

    /// <summary>A token rejected this soon after its renewal was never accepted.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    /// <summary>How long nothing is renewed after a fresh token was rejected. Then one renewal tries again by itself.</summary>
    private static readonly TimeSpan RejectionPause = TimeSpan.FromMinutes(15);

    public async Task<LeaseResult> GetAsync(Guid grantId, Guid workspaceId, int? rejectedGeneration, CancellationToken cancellationToken)
    {
        var began = clock.GetUtcNow();

        // Each turn either answers or follows a change that another request made; so many changes in a row do not happen.
        for (var turn = 0; turn < MostTurns; turn++)
        {
            db.ChangeTracker.Clear();
            var grant = await db.Grants.SingleOrDefaultAsync(
                row => row.Id == grantId && row.WorkspaceId == workspaceId, cancellationToken);
            if (grant is null)
            {
                return Refuse(null, LeaseRefusal.NotFound, "The credential is not there; it was deleted or never stored.");
            }

            if (grant.State == GrantState.Ended)
            {
                return Refuse(grant, LeaseRefusal.GrantEnded, grant.EndReason ?? "The vendor ended the grant.");
            }

            var now = clock.GetUtcNow();
            var rejected = rejectedGeneration >= grant.Generation;
            if (rejected && await IsHopelessAsync(grant, now, cancellationToken))
            {
                return Refuse(grant, LeaseRefusal.TokenRejected, "The vendor rejects the access it gave, even renewed. Connect again.");
            }

            // What came while this request waited is the best there is, however soon it ends.
            var unusable = rejected || (!(grant.RefreshedAt >= began) && IsEnding(grant, now));
            if (!unusable && (!(grant.RefreshAt <= now) || grant.RetryAt > now || grant.RefreshedAt >= began))
            {
                return await OpenAsync(grant, cancellationToken);
            }

            if (grant.RetryAt > now && !grant.IsClaimed(now))
            {
                return Refuse(grant, LeaseRefusal.VendorUnavailable, grant.FailureDetail ?? "The vendor could not renew the access.", grant.RetryAt);
            }

            if (await refresher.RefreshAsync(grant, new RefreshNeed(unusable, rejected), cancellationToken) == RefreshOutcome.Busy)
            {
                return await OpenAsync(grant, cancellationToken);
            }
        }

        return Refuse(null, LeaseRefusal.VendorUnavailable, "The credential keeps changing. Try again in a moment.");
    }

    private static bool IsEnding(Grant grant, DateTimeOffset now) =>
        grant.ExpiresAt is { } end && RefreshTiming.UnusableAt(grant.RefreshedAt ?? grant.IssuedAt, end) <= now;

    /// <summary>Whether renewing again would only repeat itself: what was just renewed is rejected as well.</summary>
    private async Task<bool> IsHopelessAsync(Grant grant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (grant.FreshRejectedAt + RejectionPause > now)
        {
            return true;
        }

        // A token that was at its end is rejected rightly.
        if (!grant.FollowsRejection || grant.RefreshedAt + Fresh <= now || grant.ExpiresAt <= now)
        {
            return false;
        }

        await db.Grants.Where(row => row.Id == grant.Id && row.Generation == grant.Generation)
            .ExecuteUpdateAsync(row => row.SetProperty(r => r.FreshRejectedAt, now), cancellationToken);
        LogRejected(grant.Id, grant.Generation);
        return true;
    }

    private async Task<LeaseResult> OpenAsync(Grant grant, CancellationToken cancellationToken)
    {
        try
        {
            return new LeaseResult.Granted(grant, await cipher.OpenAsync(grant, cancellationToken));
        }
        catch (CryptographicException altered)
        {
            LogAltered(altered, grant.Id);
            return Refuse(grant, LeaseRefusal.GrantEnded, "The stored credential is damaged and cannot be opened. Connect again.");
        }
    }

    private static LeaseResult.Refused Refuse(Grant? grant, LeaseRefusal reason, string detail, DateTimeOffset? retryAt = null) =>
        new(new LeaseRefused(reason, detail, retryAt), grant);

    [LoggerMessage(LogLevel.Error, "The ciphertext of grant {GrantId} does not open: it was altered or moved.")]
    private partial void LogAltered(Exception exception, Guid grantId);

    [LoggerMessage(LogLevel.Warning, "The vendor rejects generation {Generation} of grant {GrantId}, which it gave a moment ago; it is not renewed again for now.")]
    private partial void LogRejected(Guid grantId, int generation);
}
