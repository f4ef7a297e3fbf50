using System.Security.Cryptography;
using ClariBI.Contracts;
using ClariBI.CredentialVault.Data;
using ClariBI.CredentialVault.Rotations;
using ClariBI.Messaging.Sealing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.CredentialVault.Keys;

/// <summary>Makes the pair at first use; of two replicas that try, the primary key lets one win.</summary>
internal sealed class SealingKeys(VaultDbContext db, Envelope envelope, WrappingKeys wrappingKeys, TimeProvider clock)
{
    public async Task<string> PublicKeyAsync(CancellationToken cancellationToken) => (await GetAsync(cancellationToken)).PublicKey;

    /// <returns>The secret. The caller clears it after use.</returns>
    public async Task<byte[]> OpenAsync(Sealed box, string associatedData, CancellationToken cancellationToken)
    {
        var pair = await GetAsync(cancellationToken);
        var privateKey = await envelope.OpenAsync(pair.PrivateKey, SealingKeyPair.AssociatedData, cancellationToken);
        try
        {
            using var key = ECDiffieHellman.Create();
            key.ImportPkcs8PrivateKey(privateKey, out _);
            return SealedBox.Open(box, key, associatedData);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(privateKey);
        }
    }

    private async Task<SealingKeyPair> GetAsync(CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken) ?? await CreateAsync(cancellationToken);

    private Task<SealingKeyPair?> FindAsync(CancellationToken cancellationToken) =>
        db.SealingKeyPairs.AsNoTracking().SingleOrDefaultAsync(pair => pair.Id == SealingKeyPair.OnlyId, cancellationToken);

    private async Task<SealingKeyPair> CreateAsync(CancellationToken cancellationToken)
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var privateKey = key.ExportPkcs8PrivateKey();
        try
        {
            var wrapping = await wrappingKeys.CurrentAsync(cancellationToken);
            var pair = new SealingKeyPair
            {
                PublicKey = SealedBox.PublicKeyOf(key),
                PrivateKey = Envelope.Seal(privateKey, SealingKeyPair.AssociatedData, wrapping),
                CreatedAt = clock.GetUtcNow(),
            };
            db.SealingKeyPairs.Add(pair);
            await db.SaveChangesAsync(cancellationToken);
            return pair;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return await FindAsync(cancellationToken) ?? throw new InvalidOperationException("The sealing key could not be stored.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(privateKey);
        }
    }
}
