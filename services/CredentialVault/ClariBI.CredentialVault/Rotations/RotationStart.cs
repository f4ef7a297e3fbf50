using ClariBI.CredentialVault.Data;
using ClariBI.CredentialVault.Keys;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.CredentialVault.Rotations;

/// <summary>Begins rotations, one at a time.</summary>
internal sealed class RotationStart(VaultDbContext db, WrappedRows wrapped, RotationContext context)
{
    /// <returns>How long until another new key may be made; null: now, or one is being taken up.</returns>
    public async Task<TimeSpan?> WaitAsync(CancellationToken cancellationToken)
    {
        var latest = await db.KeyRotations.AsNoTracking().OrderByDescending(row => row.StartedAt).FirstOrDefaultAsync(cancellationToken);
        var wait = latest is { FinishedAt: not null } ? latest.StartedAt + context.NewKeyInterval - context.Clock.GetUtcNow() : TimeSpan.Zero;
        return wait > TimeSpan.Zero ? wait : null;
    }

    /// <returns>The rotation that runs now: a new one, or the one that was running already.</returns>
    /// <exception cref="KeysUnavailableException">There is no key to rotate to; nothing was started.</exception>
    public async Task<KeyRotation> StartAsync(bool newKey, CancellationToken cancellationToken)
    {
        if (await db.KeyRotations.FirstOrDefaultAsync(row => row.Running == KeyRotation.Slot, cancellationToken) is { } running)
        {
            return running;
        }

        var rotation = new KeyRotation { StartedAt = context.Clock.GetUtcNow() };
        db.KeyRotations.Add(rotation);
        try
        {
            // The row comes first: its slot keeps a second request from making a second key.
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return await db.KeyRotations.OrderByDescending(row => row.StartedAt).FirstAsync(cancellationToken);
        }

        try
        {
            var key = newKey ? await context.Keys.AddAsync(cancellationToken) : await context.Keys.NewestAsync(cancellationToken);
            await AimAsync(rotation, key.Version, CancellationToken.None);
        }
        catch (Exception exception) when (exception is KeysUnavailableException or KeyVersionMissingException or OperationCanceledException)
        {
            db.KeyRotations.Remove(rotation);
            await db.SaveChangesAsync(CancellationToken.None);
            throw;
        }

        context.Wake();
        return rotation;
    }

    /// <summary>Completes what a process began and did not live to aim: it takes the newest key, which may be the one just made.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var before = context.Clock.GetUtcNow() - TimeSpan.FromMinutes(1);
        var stranded = await db.KeyRotations.SingleOrDefaultAsync(
            row => row.Running == KeyRotation.Slot && row.To == null && row.StartedAt < before, cancellationToken);
        if (stranded is not null)
        {
            var key = await context.Keys.NewestAsync(cancellationToken);
            await AimAsync(stranded, key.Version, cancellationToken);
        }
    }

    private async Task AimAsync(KeyRotation rotation, string version, CancellationToken cancellationToken)
    {
        rotation.Aim(version, await wrapped.CountOthersAsync(version, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
    }
}
