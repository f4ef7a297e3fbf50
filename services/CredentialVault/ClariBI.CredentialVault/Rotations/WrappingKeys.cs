using ClariBI.CredentialVault.Data;
using ClariBI.CredentialVault.Keys;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.CredentialVault.Rotations;

/// <summary>
/// The key that wraps now. During a rotation, and a little longer than any replica remembers the old current version, that is
/// the rotation's own: so that no replica goes on wrapping with the one that is being replaced.
/// </summary>
internal sealed class WrappingKeys(VaultDbContext db, IKeyEncryptionKeys keys, TimeProvider clock)
{
    public static readonly TimeSpan Aftermath = TimeSpan.FromMinutes(10);

    /// <exception cref="KeysUnavailableException">There is no key to be had now.</exception>
    public async Task<KeyEncryptionKey> CurrentAsync(CancellationToken cancellationToken)
    {
        var recent = clock.GetUtcNow() - Aftermath;
        var to = await db.KeyRotations.AsNoTracking()
            .Where(row => row.To != null && (row.FinishedAt == null || row.FinishedAt > recent))
            .OrderByDescending(row => row.StartedAt).Select(row => row.To).FirstOrDefaultAsync(cancellationToken);
        return to is null ? await keys.CurrentAsync(cancellationToken) : await keys.GetAsync(to, cancellationToken);
    }
}
