using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Keys;
using ClariBI.CredentialVault.Secrets;
using ClariBI.ServiceDefaults.Internal;
using MassTransit;

namespace ClariBI.CredentialVault.Grants;

internal sealed class StoreGrantConsumer(SealingKeys sealingKeys, GrantIntake intake, ServiceProofs proofs) : IConsumer<StoreGrant>
{
    private const int LongestVendor = 80;

    public async Task Consume(ConsumeContext<StoreGrant> context)
    {
        var request = context.Message;
        if (!proofs.Check(request.Proof, $"{request.WorkspaceId:N}", $"{request.GrantId:N}", request.Tokens?.Ciphertext!))
        {
            await context.RespondAsync(new VaultRequestRefused("The request does not come from a ClariBI service."));
            return;
        }

        if (request.Vendor is not { Length: > 0 and <= LongestVendor } || request.Vendor.Contains('\0', StringComparison.Ordinal)
            || request.GrantId == Guid.Empty || request.WorkspaceId == Guid.Empty)
        {
            await context.RespondAsync(new VaultRequestRefused("The request lacks a grant, a workspace or a vendor."));
            return;
        }

        using var tokens = await OpenAsync(request, context.CancellationToken);
        if (tokens is null)
        {
            await context.RespondAsync(new VaultRequestRefused("The tokens were not sealed to this vault, or are not complete."));
            return;
        }

        var answer = await intake.StoreAsync(request, tokens, context.CancellationToken);
        await context.RespondAsync(answer, answer.GetType());
    }

    private async Task<HeldTokens?> OpenAsync(StoreGrant request, CancellationToken cancellationToken)
    {
        byte[] plaintext = [];
        try
        {
            if (request.Tokens is not { EphemeralPublicKey: not null, Nonce: not null, Ciphertext: not null } box
                || !Base64Url.IsValid(box.EphemeralPublicKey) || !Base64Url.IsValid(box.Nonce) || !Base64Url.IsValid(box.Ciphertext))
            {
                return null;
            }

            plaintext = await sealingKeys.OpenAsync(box, $"grant:{request.WorkspaceId:N}:{request.GrantId:N}", cancellationToken);
            return HeldTokens.Parse(plaintext);
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException or ArgumentException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }
}
