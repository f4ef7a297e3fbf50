using System.Security.Cryptography;
using System.Text.Json;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Keys;

namespace ClariBI.CredentialVault.Grants;

/// <summary>Turns the tokens of a grant into the ciphertext of its row and back.</summary>
internal sealed class GrantCipher(Envelope envelope)
{
    public ValueTask<KeyEncryptionKey> WrappingKeyAsync(CancellationToken cancellationToken) => envelope.WrappingKeyAsync(cancellationToken);

    public async Task<SealedEnvelope> SealAsync(GrantTokens tokens, Grant grant, int generation, CancellationToken cancellationToken) =>
        Seal(tokens, grant, generation, await WrappingKeyAsync(cancellationToken));

    public static SealedEnvelope Seal(GrantTokens tokens, Grant grant, int generation, KeyEncryptionKey wrapping)
    {
        var plaintext = JsonSerializer.SerializeToUtf8Bytes(tokens);
        try
        {
            return Envelope.Seal(plaintext, Grant.AssociatedData(grant.WorkspaceId, grant.Id, generation), wrapping);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    public async Task<GrantTokens> OpenAsync(Grant grant, CancellationToken cancellationToken)
    {
        var plaintext = await envelope.OpenAsync(
            grant.Envelope(), Grant.AssociatedData(grant.WorkspaceId, grant.Id, grant.Generation), cancellationToken);
        try
        {
            return JsonSerializer.Deserialize<GrantTokens>(plaintext)!;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }
}
