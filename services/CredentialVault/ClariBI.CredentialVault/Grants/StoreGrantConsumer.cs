using System.Security.Cryptography;
using System.Text.Json;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Access;
using ClariBI.CredentialVault.Data;
using ClariBI.CredentialVault.Keys;
using ClariBI.ServiceDefaults.Internal;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.CredentialVault.Grants;

internal sealed class StoreGrantConsumer(
    VaultDbContext db, SealingKeys sealingKeys, GrantCipher cipher, ServiceProofs proofs, TimeProvider clock) : IConsumer<StoreGrant>
{
    public async Task Consume(ConsumeContext<StoreGrant> context)
    {
        var request = context.Message;
        if (!proofs.Check(request.Proof, $"{request.WorkspaceId:N}", $"{request.GrantId:N}", request.Tokens.Ciphertext))
        {
            await context.RespondAsync(new VaultRequestRefused("The request does not come from a ClariBI service."));
            return;
        }

        var grant = await db.Grants.SingleOrDefaultAsync(row => row.Id == request.GrantId, context.CancellationToken);
        if (grant is not null && grant.WorkspaceId != request.WorkspaceId)
        {
            await context.RespondAsync(new VaultRequestRefused("There is no such grant in this workspace."));
            return;
        }

        if (grant is null)
        {
            grant = Grant.Issue(request.GrantId, request.WorkspaceId);
            db.Grants.Add(grant);
        }

        var tokens = await OpenAsync(request, context.CancellationToken);
        if (tokens is null)
        {
            await context.RespondAsync(new VaultRequestRefused("The tokens were not sealed to this vault."));
            return;
        }

        var now = clock.GetUtcNow();
        grant.Store(request.Vendor, tokens, await cipher.SealAsync(tokens, grant, grant.Generation + 1, context.CancellationToken), now);
        db.AccessLog.Add(AccessLogEntry.Of(grant, request.Proof.Service, "store", "stored", now));
        await db.SaveChangesAsync(context.CancellationToken);
        await context.RespondAsync(new GrantStored(grant.Id, grant.Generation, grant.IssuedAt, grant.ExpiresAt));
    }

    private async Task<GrantTokens?> OpenAsync(StoreGrant request, CancellationToken cancellationToken)
    {
        byte[] plaintext = [];
        try
        {
            plaintext = await sealingKeys.OpenAsync(request.Tokens, $"grant:{request.WorkspaceId:N}:{request.GrantId:N}", cancellationToken);
            return JsonSerializer.Deserialize<GrantTokens>(plaintext);
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }
}
