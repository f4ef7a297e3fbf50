using ClariBI.CredentialVault.Data;
using ClariBI.CredentialVault.Grants;
using ClariBI.CredentialVault.Keys;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.CredentialVault.Rotations;

/// <param name="Write">Puts the new wrapping into the row if it is still as it was read; false when it is not.</param>
internal sealed record WrappedRow(
    string Kind, string Id, Guid? WorkspaceId, SealedEnvelope Envelope, string AssociatedData, Func<SealedEnvelope, Task<bool>> Write);

/// <summary>Everything in the database that a key-encryption key wraps. What is added here takes part in every rotation.</summary>
internal sealed class WrappedRows(VaultDbContext db)
{
    /// <summary>How many are wrapped with each version.</summary>
    public async Task<Dictionary<string, int>> GrantsByVersionAsync(CancellationToken cancellationToken) =>
        await db.Grants.GroupBy(row => row.KeyVersion).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);

    public async Task<int> CountOthersAsync(string version, CancellationToken cancellationToken) =>
        await db.Grants.CountAsync(row => row.KeyVersion != version, cancellationToken)
        + await db.PendingRevocations.CountAsync(row => row.Tokens.KeyVersion != version, cancellationToken)
        + await db.SealingKeyPairs.CountAsync(row => row.PrivateKey.KeyVersion != version, cancellationToken);

    /// <summary>Up to <paramref name="most"/> rows of another version that are not among <paramref name="except"/>.</summary>
    public async Task<List<WrappedRow>> OthersAsync(string version, IReadOnlySet<string> except, int most, CancellationToken cancellationToken)
    {
        var rows = new List<WrappedRow>();
        var pairs = await db.SealingKeyPairs.AsNoTracking().Where(row => row.PrivateKey.KeyVersion != version).ToListAsync(cancellationToken);
        rows.AddRange(pairs.Where(row => !except.Contains(Id(row))).Select(Of));

        var grantIds = Except(except);
        var grants = await db.Grants.AsNoTracking().Where(row => row.KeyVersion != version && !grantIds.Contains(row.Id))
            .OrderBy(row => row.Id).Take(most).ToListAsync(cancellationToken);
        rows.AddRange(grants.Select(Of));

        var revocations = await db.PendingRevocations.AsNoTracking().Where(row => row.Tokens.KeyVersion != version && !grantIds.Contains(row.Id))
            .OrderBy(row => row.Id).Take(most).ToListAsync(cancellationToken);
        rows.AddRange(revocations.Select(Of));
        return rows.Count > most ? rows[..most] : rows;
    }

    private static List<Guid> Except(IReadOnlySet<string> except) =>
        [.. except.Select(id => Guid.TryParse(id, out var parsed) ? parsed : Guid.Empty).Where(id => id != Guid.Empty)];

    private static string Id(SealingKeyPair pair) => $"sealing-key-{pair.Id}";

    private WrappedRow Of(SealingKeyPair pair) => new(
        "sealing-key", Id(pair), null, pair.PrivateKey, SealingKeyPair.AssociatedData,
        async wrapped => await db.SealingKeyPairs
            .Where(row => row.Id == pair.Id && row.PublicKey == pair.PublicKey && row.PrivateKey.KeyVersion == pair.PrivateKey.KeyVersion)
            .ExecuteUpdateAsync(row => row
                .SetProperty(r => r.PrivateKey.WrappedKey, wrapped.WrappedKey)
                .SetProperty(r => r.PrivateKey.KeyNonce, wrapped.KeyNonce)
                .SetProperty(r => r.PrivateKey.KeyVersion, wrapped.KeyVersion)) == 1);

    /// <summary>A refresh that comes between makes another generation, which the new key wraps already.</summary>
    private WrappedRow Of(Grant grant) => new(
        "grant", $"{grant.Id}", grant.WorkspaceId, grant.Envelope(), Grant.AssociatedData(grant.WorkspaceId, grant.Id, grant.Generation),
        async wrapped => await db.Grants
            .Where(row => row.Id == grant.Id && row.Generation == grant.Generation && row.KeyVersion == grant.KeyVersion)
            .ExecuteUpdateAsync(row => row
                .SetProperty(r => r.WrappedKey, wrapped.WrappedKey)
                .SetProperty(r => r.KeyNonce, wrapped.KeyNonce)
                .SetProperty(r => r.KeyVersion, wrapped.KeyVersion)) == 1);

    private WrappedRow Of(Revocations.PendingRevocation pending) => new(
        "revocation", $"{pending.Id}", pending.WorkspaceId, pending.Tokens,
        Grant.AssociatedData(pending.WorkspaceId, pending.GrantId, pending.Generation),
        async wrapped => await db.PendingRevocations
            .Where(row => row.Id == pending.Id && row.Tokens.KeyVersion == pending.Tokens.KeyVersion)
            .ExecuteUpdateAsync(row => row
                .SetProperty(r => r.Tokens.WrappedKey, wrapped.WrappedKey)
                .SetProperty(r => r.Tokens.KeyNonce, wrapped.KeyNonce)
                .SetProperty(r => r.Tokens.KeyVersion, wrapped.KeyVersion)) == 1);
}
