using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Access;
using ClariBI.CredentialVault.Data;
using ClariBI.CredentialVault.Revocations;
using ClariBI.CredentialVault.Rotations;
using ClariBI.CredentialVault.Secrets;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.CredentialVault.Grants;

/// <summary>Takes a grant in, unless its id was given back before it came: then its tokens are revoked.</summary>
internal sealed class GrantIntake(VaultDbContext db, WrappingKeys wrappingKeys, PendingRevocations revocations, TimeProvider clock)
{
    private const int MostTries = 10;

    /// <returns><see cref="GrantStored"/> or <see cref="VaultRequestRefused"/>.</returns>
    public async Task<object> StoreAsync(StoreGrant request, HeldTokens tokens, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            db.ChangeTracker.Clear();
            var grant = await db.Grants.SingleOrDefaultAsync(row => row.Id == request.GrantId, cancellationToken);
            if (grant is not null && grant.WorkspaceId != request.WorkspaceId)
            {
                return new VaultRequestRefused("There is no such grant in this workspace.");
            }

            if (await IsRevokedAsync(request, cancellationToken))
            {
                return await RefuseSpentAsync(request, tokens, cancellationToken);
            }

            if (grant is null)
            {
                grant = Grant.Issue(request.GrantId, request.WorkspaceId);
                db.Grants.Add(grant);
            }

            var now = clock.GetUtcNow();
            var wrapping = await wrappingKeys.CurrentAsync(cancellationToken);
            grant.Store(
                request.Vendor, tokens, GrantCipher.Seal(tokens, grant.WorkspaceId, grant.Id, grant.Generation + 1, wrapping), now);
            db.AccessLog.Add(AccessLogEntry.Of(grant, request.Proof.Service, "store", "stored", now));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException) when (tries < MostTries)
            {
                // A refresh, or the same message delivered twice, changed the row at this moment.
                continue;
            }

            // A revocation that read no grant while this one was being stored has spent the id by now.
            return await IsRevokedAsync(request, cancellationToken)
                ? await TakeOutAsync(grant, cancellationToken)
                : new GrantStored(grant.Id, grant.Generation, grant.IssuedAt, grant.ExpiresAt);
        }
    }

    private Task<bool> IsRevokedAsync(StoreGrant request, CancellationToken cancellationToken) =>
        db.RevokedGrants.AnyAsync(row => row.WorkspaceId == request.WorkspaceId && row.GrantId == request.GrantId, cancellationToken);

    private async Task<VaultRequestRefused> RefuseSpentAsync(StoreGrant request, HeldTokens tokens, CancellationToken cancellationToken)
    {
        await revocations.AddAsync(tokens, request.WorkspaceId, request.GrantId, 0, cancellationToken);
        return Spent();
    }

    private async Task<VaultRequestRefused> TakeOutAsync(Grant grant, CancellationToken cancellationToken)
    {
        var pending = revocations.Move(grant, null);
        pending.NextTryAt = clock.GetUtcNow();
        db.Grants.Remove(grant);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The revocation itself took it out.
            db.ChangeTracker.Clear();
        }

        return Spent();
    }

    private static VaultRequestRefused Spent() =>
        new("This access was given back before it could be stored; the vendor is asked to revoke it.");
}
