using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Access;
using ClariBI.CredentialVault.Data;
using ClariBI.CredentialVault.Grants;
using ClariBI.CredentialVault.Vendor;
using ClariBI.ServiceDefaults.Internal;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.CredentialVault.Revocations;

/// <summary>
/// Deletes first and asks the vendor after: whatever the vendor does, nobody gets this credential any more. The grant id is
/// spent, also where there is no grant yet: it may be on its way.
/// </summary>
internal sealed class RevokeGrantConsumer(
    VaultDbContext db, PendingRevocations revocations, ServiceProofs proofs, RefreshGates gates, TimeProvider clock) : IConsumer<RevokeGrant>
{
    /// <summary>The request may have waited in the queue for a vault that was away. Played again it changes nothing.</summary>
    private static readonly TimeSpan ProofLife = TimeSpan.FromDays(7);

    public async Task Consume(ConsumeContext<RevokeGrant> context)
    {
        var request = context.Message;
        if (!proofs.CheckWithin(ProofLife, request.Proof, $"{request.WorkspaceId:N}", $"{request.GrantId:N}"))
        {
            await AnswerAsync(context, new VaultRequestRefused("The request does not come from a ClariBI service."));
            return;
        }

        var pending = await DeleteAsync(request, context.CancellationToken);
        if (pending is null)
        {
            await AnswerAsync(context, new GrantRevoked(request.GrantId, false, "There was no credential to delete."));
            return;
        }

        gates.Forget(request.GrantId);
        var answer = await revocations.TryAsync(pending, announce: context.ResponseAddress is null);
        await AnswerAsync(context, new GrantRevoked(
            request.GrantId, answer.State == RevocationState.Confirmed, answer.Detail, answer.State == RevocationState.TryLater));
    }

    private static Task AnswerAsync<TAnswer>(ConsumeContext context, TAnswer answer)
        where TAnswer : class =>
        context.ResponseAddress is null ? Task.CompletedTask : context.RespondAsync(answer);

    /// <summary>In one transaction: the grant goes, its tokens wait for the vendor's answer, its id is spent.</summary>
    private async Task<PendingRevocation?> DeleteAsync(RevokeGrant request, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            db.ChangeTracker.Clear();
            var now = clock.GetUtcNow();
            var grant = await db.Grants.SingleOrDefaultAsync(
                row => row.Id == request.GrantId && row.WorkspaceId == request.WorkspaceId, cancellationToken);
            if (!await db.RevokedGrants.AnyAsync(
                row => row.WorkspaceId == request.WorkspaceId && row.GrantId == request.GrantId, cancellationToken))
            {
                db.RevokedGrants.Add(new RevokedGrant { WorkspaceId = request.WorkspaceId, GrantId = request.GrantId, At = now });
            }

            PendingRevocation? pending = null;
            if (grant is not null)
            {
                pending = revocations.Move(grant, request.VendorName);
                db.Grants.Remove(grant);
                db.AccessLog.Add(AccessLogEntry.Of(grant, request.Proof.Service, "revoke", "revoked", now));
            }

            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException) when (tries < 10)
            {
                // A refresh or another revocation changed the row at this moment: read it again.
                continue;
            }

            // One that was being stored did not see the id spent: it is there by now.
            if (grant is not null || !await db.Grants.AnyAsync(
                row => row.Id == request.GrantId && row.WorkspaceId == request.WorkspaceId, cancellationToken))
            {
                return pending;
            }
        }
    }
}
