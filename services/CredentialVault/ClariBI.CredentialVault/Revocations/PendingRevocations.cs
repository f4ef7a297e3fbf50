using System.Security.Cryptography;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Access;
using ClariBI.CredentialVault.Data;
using ClariBI.CredentialVault.Grants;
using ClariBI.CredentialVault.Rotations;
using ClariBI.CredentialVault.Secrets;
using ClariBI.CredentialVault.Vendor;
using ClariBI.Messaging.Outbox;
using ClariBI.ServiceDefaults.Texts;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.CredentialVault.Revocations;

/// <summary>Asks vendors to revoke what was given back, now and again until they answer or the patience ends.</summary>
internal sealed class PendingRevocations(
    VaultDbContext db, IOutbox<VaultDbContext> outbox, GrantCipher cipher, WrappingKeys wrappingKeys, RevocationContext context)
{
    private const int Batch = 20;
    private const int LongestName = 80;
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(1);

    /// <summary>For tokens that have no row: saved here, and the vendor is asked by <see cref="TryDueAsync"/>.</summary>
    public async Task AddAsync(HeldTokens tokens, Guid workspaceId, Guid grantId, int generation, CancellationToken cancellationToken)
    {
        var now = context.Clock.GetUtcNow();
        var wrapping = await wrappingKeys.CurrentAsync(cancellationToken);
        db.PendingRevocations.Add(new PendingRevocation
        {
            GrantId = grantId,
            WorkspaceId = workspaceId,
            Generation = generation,
            Tokens = GrantCipher.Seal(tokens, workspaceId, grantId, generation, wrapping),
            AskedAt = now,
            NextTryAt = now,
        });
        await db.SaveChangesAsync(cancellationToken);
        context.Wake();
    }

    /// <summary>Moves a grant's tokens here: added to the context, saved by the caller.</summary>
    public PendingRevocation Move(Grant grant, string? vendorName)
    {
        var now = context.Clock.GetUtcNow();
        var pending = new PendingRevocation
        {
            GrantId = grant.Id,
            WorkspaceId = grant.WorkspaceId,
            Generation = grant.Generation,
            Tokens = grant.Envelope(),
            VendorName = vendorName is null ? null : StoredText.Shorten(vendorName, LongestName),
            AskedAt = now,

            // The caller asks the vendor itself.
            NextTryAt = now + Claim,
        };
        db.PendingRevocations.Add(pending);
        return pending;
    }

    /// <summary>Asks those that are due. Of several replicas one asks for each.</summary>
    public async Task TryDueAsync(CancellationToken cancellationToken)
    {
        var now = context.Clock.GetUtcNow();
        var due = await db.PendingRevocations.AsNoTracking().Where(row => row.NextTryAt <= now)
            .OrderBy(row => row.NextTryAt).Take(Batch).ToListAsync(cancellationToken);
        foreach (var pending in due)
        {
            // Those before it may have taken their time.
            var until = context.Clock.GetUtcNow() + Claim;
            var claimed = await db.PendingRevocations.Where(row => row.Id == pending.Id && row.NextTryAt == pending.NextTryAt)
                .ExecuteUpdateAsync(row => row.SetProperty(r => r.NextTryAt, until), cancellationToken);
            if (claimed == 1)
            {
                await TryAsync(pending, announce: true);
            }
        }
    }

    /// <summary>Asks the vendor once and keeps, settles or gives up.</summary>
    /// <param name="announce">Whether nobody waits for the answer, so that its end is an event.</param>
    public async Task<RevocationAnswer> TryAsync(PendingRevocation pending, bool announce)
    {
        var answer = await AskAsync(pending);
        var now = context.Clock.GetUtcNow();
        var patience = context.Options.RevocationPatience;
        if (answer.State == RevocationState.TryLater && now - pending.AskedAt < patience)
        {
            await KeepAsync(pending, now);
            context.LogKept(pending.GrantId, answer.Detail);
            return answer;
        }

        if (answer.State == RevocationState.TryLater)
        {
            answer = new RevocationAnswer(
                RevocationState.NotPossible,
                $"The vendor could not be reached for {patience.TotalDays:0} days to revoke the access. Withdraw it in the vendor's own settings.");
        }

        await SettleAsync(pending, answer, announce, now);
        return answer;
    }

    private async Task<RevocationAnswer> AskAsync(PendingRevocation pending)
    {
        try
        {
            using var tokens = await cipher.OpenAsync(
                pending.Tokens, pending.WorkspaceId, pending.GrantId, pending.Generation, CancellationToken.None);
            return await context.Vendor.RevokeAsync(tokens, pending.VendorName, CancellationToken.None);
        }
        catch (CryptographicException)
        {
            return new RevocationAnswer(
                RevocationState.NotPossible,
                "The stored credential was damaged, so the vendor could not be asked to revoke it. Withdraw the access in the vendor's own settings.");
        }
        catch (InvalidOperationException)
        {
            return new RevocationAnswer(
                RevocationState.TryLater, "The key of the stored credential cannot be had now, so the vendor could not be asked to revoke it; ClariBI keeps asking.");
        }
    }

    private async Task KeepAsync(PendingRevocation pending, DateTimeOffset now)
    {
        // 30 s, 1 min, 2 min … up to 6 hours, and a little more at random.
        var wait = TimeSpan.FromSeconds(Math.Min(6 * 3600, 30.0 * Math.Pow(2, Math.Min(pending.Attempts, 20))));
        var next = now + wait + (wait / 10 * (RandomNumberGenerator.GetInt32(1000) / 1000.0));
        await db.PendingRevocations.Where(row => row.Id == pending.Id).ExecuteUpdateAsync(
            row => row.SetProperty(r => r.NextTryAt, next).SetProperty(r => r.Attempts, pending.Attempts + 1), CancellationToken.None);
    }

    private async Task SettleAsync(PendingRevocation pending, RevocationAnswer answer, bool announce, DateTimeOffset now)
    {
        var confirmed = answer.State == RevocationState.Confirmed;
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        await db.PendingRevocations.Where(row => row.Id == pending.Id).ExecuteDeleteAsync(CancellationToken.None);
        db.AccessLog.Add(AccessLogEntry.Of(
            pending.WorkspaceId, pending.GrantId, pending.Generation, VaultModule.Service, "revoke",
            confirmed ? "revocation_confirmed" : "revocation_given_up", now));
        if (announce)
        {
            outbox.Publish(new GrantRevocationSettled(pending.GrantId, pending.WorkspaceId, confirmed, answer.Detail, now));
        }

        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        context.LogSettled(pending.GrantId, answer.Detail);
    }
}
