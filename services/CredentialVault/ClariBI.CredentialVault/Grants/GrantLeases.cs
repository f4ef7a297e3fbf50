using System.Globalization;
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

    /// <summary>A token rejected this soon after its renewal may never have been accepted.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    /// <param name="rejectedGeneration">The generation that the vendor's server answered 401 to.</param>
    /// <param name="acceptedGeneration">The generation that it took after all.</param>
    public async Task<LeaseResult> GetAsync(
        Guid grantId, Guid workspaceId, int? rejectedGeneration, int? acceptedGeneration, CancellationToken cancellationToken)
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
            if ((rejected && await NoteRejectedAsync(grant, now, cancellationToken))
                || (acceptedGeneration == grant.Generation && await NoteAcceptedAsync(grant, cancellationToken)))
            {
                continue;
            }

            // What came while this request waited is the best there is, however soon it ends.
            var unusable = rejected || (!(grant.RefreshedAt >= began) && IsEnding(grant, now));
            if (!unusable && (!(grant.RefreshAt <= now) || grant.RetryAt > now || grant.RefreshedAt >= began))
            {
                return await OpenAsync(grant, cancellationToken);
            }

            if (grant.RetryAt > now && !grant.IsClaimed(now))
            {
                return RefuseForNow(grant);
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

    private static LeaseResult.Refused RefuseForNow(Grant grant)
    {
        var detail = grant.FailureDetail ?? "The vendor could not renew the access.";
        if (grant.FreshRejectedAt is not { } since)
        {
            return Refuse(grant, LeaseRefusal.VendorUnavailable, detail, grant.RetryAt);
        }

        return grant.NeedsPerson
            ? Refuse(grant, LeaseRefusal.TokenRejected, string.Create(
                CultureInfo.InvariantCulture,
                $"Since {since.UtcDateTime:HH:mm} UTC the access was renewed {grant.Failures} times, and the vendor's server rejected it each time. Connect again."))
            : Refuse(grant, LeaseRefusal.TokenRejected, detail, grant.RetryAt);
    }

    /// <summary>Writes down, once per token, that what was just renewed is rejected as well: renewing at once would only repeat that.</summary>
    /// <returns>True when the row has changed.</returns>
    private async Task<bool> NoteRejectedAsync(Grant grant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A token that was at its end is rejected rightly.
        if (!grant.FollowsRejection || grant.RetryAt is not null || grant.RefreshedAt + Fresh <= now || grant.ExpiresAt <= now)
        {
            return false;
        }

        var before = grant.Generation;
        grant.RejectFresh(now);
        var (since, rejections, detail, retryAt) = (grant.FreshRejectedAt, grant.Failures, grant.FailureDetail, grant.RetryAt);
        await db.Grants.Where(row => row.Id == grant.Id && row.Generation == before && row.RetryAt == null).ExecuteUpdateAsync(
            row => row.SetProperty(r => r.FreshRejectedAt, since).SetProperty(r => r.Failures, rejections)
                .SetProperty(r => r.FailureDetail, detail).SetProperty(r => r.RetryAt, retryAt),
            cancellationToken);
        LogRejected(grant.Id, before, rejections);
        return true;
    }

    /// <returns>True when the row has changed.</returns>
    private async Task<bool> NoteAcceptedAsync(Grant grant, CancellationToken cancellationToken) =>
        grant.FreshRejectedAt is not null && await db.Grants
            .Where(row => row.Id == grant.Id && row.Generation == grant.Generation && row.FreshRejectedAt != null).ExecuteUpdateAsync(
                row => row.SetProperty(r => r.FreshRejectedAt, (DateTimeOffset?)null).SetProperty(r => r.Failures, 0)
                    .SetProperty(r => r.FailureDetail, (string?)null).SetProperty(r => r.RetryAt, (DateTimeOffset?)null),
                cancellationToken) > 0;

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

    [LoggerMessage(LogLevel.Warning, "The vendor rejects generation {Generation} of grant {GrantId}, which it gave a moment ago, the {Count}. of a row; it is renewed again after a pause.")]
    private partial void LogRejected(Guid grantId, int generation, int count);
}
