using System.Security.Cryptography;
using System.Text.Json;
using ClariBI.CredentialVault.Keys;
using ClariBI.CredentialVault.Secrets;

namespace ClariBI.CredentialVault.Grants;

/// <summary>Turns the tokens of a grant into the ciphertext of its row and back. Plaintext lives in cleared, pinned memory only.</summary>
internal sealed class GrantCipher(Envelope envelope)
{
    public static SealedEnvelope Seal(HeldTokens tokens, Guid workspaceId, Guid grantId, int generation, KeyEncryptionKey wrapping)
    {
        using var plaintext = new SecretBuffer(4096);
        tokens.WriteTo(plaintext);
        return Envelope.Seal(plaintext.Written.Span, Grant.AssociatedData(workspaceId, grantId, generation), wrapping);
    }

    public Task<HeldTokens> OpenAsync(Grant grant, CancellationToken cancellationToken) =>
        OpenAsync(grant.Envelope(), grant.WorkspaceId, grant.Id, grant.Generation, cancellationToken);

    /// <returns>The tokens. The caller disposes them after use.</returns>
    /// <exception cref="CryptographicException">Altered, moved from another row, or no tokens at all.</exception>
    public async Task<HeldTokens> OpenAsync(
        SealedEnvelope stored, Guid workspaceId, Guid grantId, int generation, CancellationToken cancellationToken)
    {
        var plaintext = await envelope.OpenAsync(stored, Grant.AssociatedData(workspaceId, grantId, generation), cancellationToken);
        try
        {
            return HeldTokens.Parse(plaintext);
        }
        catch (JsonException malformed)
        {
            throw new CryptographicException("The stored credential is not a credential.", malformed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }
}
