using System.Security.Cryptography;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Access;
using ClariBI.CredentialVault.Data;
using ClariBI.CredentialVault.Vendor;
using ClariBI.ServiceDefaults.Internal;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.CredentialVault.Grants;

/// <summary>Deletes first and asks the vendor after: whatever the vendor does, ClariBI no longer holds the credential.</summary>
internal sealed class RevokeGrantConsumer(
    VaultDbContext db, GrantCipher cipher, VendorTokenEndpoint vendor, ServiceProofs proofs, RefreshContext refreshes) : IConsumer<RevokeGrant>
{
    public async Task Consume(ConsumeContext<RevokeGrant> context)
    {
        var request = context.Message;
        if (!proofs.Check(request.Proof, $"{request.WorkspaceId:N}", $"{request.GrantId:N}"))
        {
            await context.RespondAsync(new VaultRequestRefused("The request does not come from a ClariBI service."));
            return;
        }

        var grant = await db.Grants.AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == request.GrantId && row.WorkspaceId == request.WorkspaceId, context.CancellationToken);
        if (grant is null)
        {
            await context.RespondAsync(new GrantRevoked(request.GrantId, false, "There was no credential to delete."));
            return;
        }

        var tokens = await OpenAsync(grant, context.CancellationToken);
        await DeleteAsync(grant, request.Proof.Service, context.CancellationToken);
        var answer = tokens is null
            ? new RevocationAnswer(false, "The stored credential was damaged, so the vendor could not be asked to revoke it.")
            : await vendor.RevokeAsync(tokens, request.VendorName, CancellationToken.None);
        await context.RespondAsync(new GrantRevoked(grant.Id, answer.Confirmed, answer.Detail));
    }

    private async Task<GrantTokens?> OpenAsync(Grant grant, CancellationToken cancellationToken)
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

    private async Task DeleteAsync(Grant grant, string service, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Grants.Where(row => row.Id == grant.Id).ExecuteDeleteAsync(cancellationToken);
        db.AccessLog.Add(AccessLogEntry.Of(grant, service, "revoke", "revoked", refreshes.Clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        refreshes.Gates.Forget(grant.Id);
    }
}
