using System.Security.Cryptography;
using ClariBI.CredentialVault.Data;
using ClariBI.CredentialVault.Rotations;
using ClariBI.CredentialVault.Secrets;
using ClariBI.CredentialVault.Vendor;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClariBI.CredentialVault.Grants;

internal enum RefreshOutcome
{
    /// <summary>The row changed, by us or by another: read it again.</summary>
    Changed,

    /// <summary>Somebody else is at it, and the caller has a token that still lives.</summary>
    Busy,
}

/// <param name="Wait">The caller cannot do without: it waits for a refresh that is under way.</param>
/// <param name="Rejected">The vendor's server rejected the token at hand.</param>
internal sealed record RefreshNeed(bool Wait, bool Rejected);

/// <summary>
/// Refreshes a grant once, however many ask. Order: gate in this process, claim in the row, vendor, new pair stored under the
/// old generation. While the vendor is asked the claim is moved on every few seconds: a process that dies then leaves a claim
/// that runs out soon, and whoever comes next presents the old refresh token, which vendors with a grace period accept.
/// </summary>
internal sealed partial class GrantRefresher(
    VaultDbContext db, GrantRenewal renewal, GrantCipher cipher, WrappingKeys wrappingKeys, RefreshContext context)
{
    public static readonly TimeSpan ClaimLife = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    public async Task<RefreshOutcome> RefreshAsync(Grant grant, RefreshNeed need, CancellationToken cancellationToken)
    {
        var gate = context.Gates.For(grant.Id);
        if (!gate.TryEnter())
        {
            if (!need.Wait)
            {
                return RefreshOutcome.Busy;
            }

            await gate.EnterAsync(cancellationToken);
            gate.Leave();
            return RefreshOutcome.Changed;
        }

        try
        {
            return await ClaimAndRefreshAsync(grant, need, cancellationToken);
        }
        finally
        {
            gate.Leave();
        }
    }

    private async Task<RefreshOutcome> ClaimAndRefreshAsync(Grant grant, RefreshNeed need, CancellationToken cancellationToken)
    {
        // What was read before the gate may be old by now.
        var (generation, failures) = (grant.Generation, grant.Failures);
        await db.Entry(grant).ReloadAsync(cancellationToken);
        if (db.Entry(grant).State == EntityState.Detached || grant.Generation != generation
            || grant.Failures != failures || grant.State == GrantState.Ended)
        {
            return RefreshOutcome.Changed;
        }

        var now = context.Clock.GetUtcNow();
        if (grant.IsClaimed(now))
        {
            return need.Wait ? await FollowAsync(grant, cancellationToken) : RefreshOutcome.Busy;
        }

        // Whatever can fail on our side fails before the vendor is asked: its answer spends the refresh token.
        var wrapping = await wrappingKeys.CurrentAsync(cancellationToken);
        using var tokens = await OpenAsync(grant, cancellationToken);
        if (tokens is not { CanRenew: true })
        {
            await renewal.EndAsync(grant, tokens is null
                ? "The stored credential is damaged and cannot be opened. Connect again."
                : "The access token ended and the vendor gave no way to renew it. Connect again.");
            return RefreshOutcome.Changed;
        }

        grant.Claim(Guid.NewGuid(), now, now + ClaimLife);
        if (await renewal.SavedAsync(cancellationToken))
        {
            // Once the vendor is asked, its answer must be stored even if whoever asked has gone; the vendor has its own limit.
            var answer = await AskAsync(grant, tokens);
            await renewal.TakeAsync(grant, answer, need.Rejected, wrapping);
        }

        return RefreshOutcome.Changed;
    }

    private async Task<RefreshAnswer> AskAsync(Grant grant, HeldTokens tokens)
    {
        var asking = context.Vendor.RefreshAsync(tokens, CancellationToken.None);
        while (await Task.WhenAny(asking, Task.Delay(Beat, context.Clock)) != asking)
        {
            await BeatAsync(grant);
        }

        return await asking;
    }

    private async Task BeatAsync(Grant grant)
    {
        try
        {
            var until = context.Clock.GetUtcNow() + ClaimLife;
            await db.Grants.Where(row => row.Id == grant.Id && row.RefreshClaim == grant.RefreshClaim)
                .ExecuteUpdateAsync(row => row.SetProperty(r => r.RefreshClaimedUntil, until));
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or InvalidOperationException)
        {
            LogBeatMissed(context.Logger, exception, grant.Id);
        }
    }

    private async Task<HeldTokens?> OpenAsync(Grant grant, CancellationToken cancellationToken)
    {
        try
        {
            return await cipher.OpenAsync(grant, cancellationToken);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Another replica refreshes: wait until the row tells.</summary>
    private async Task<RefreshOutcome> FollowAsync(Grant grant, CancellationToken cancellationToken)
    {
        var claim = grant.RefreshClaim;
        while (grant.RefreshClaim == claim && grant.IsClaimed(context.Clock.GetUtcNow()))
        {
            await Task.Delay(Poll, context.Clock, cancellationToken);
            await db.Entry(grant).ReloadAsync(cancellationToken);
            if (db.Entry(grant).State == EntityState.Detached)
            {
                break;
            }
        }

        return RefreshOutcome.Changed;
    }

    [LoggerMessage(LogLevel.Warning, "The refresh of grant {GrantId} could not say that it is still at work.")]
    private static partial void LogBeatMissed(ILogger logger, Exception exception, Guid grantId);
}

/// <summary>What a refresh needs of the process, apart from its own scope.</summary>
internal sealed class RefreshContext(
    RefreshGates gates, VendorTokenEndpoint vendor, TimeProvider clock, ILogger<GrantRefresher> logger)
{
    public RefreshGates Gates => gates;

    public VendorTokenEndpoint Vendor => vendor;

    public TimeProvider Clock => clock;

    public ILogger Logger => logger;
}
