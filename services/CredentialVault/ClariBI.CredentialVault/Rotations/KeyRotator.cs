using System.Security.Cryptography;
using ClariBI.CredentialVault.Data;
using ClariBI.CredentialVault.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClariBI.CredentialVault.Rotations;

/// <summary>
/// Re-wraps data keys in small batches, each saved with its progress: a process that is killed leaves a rotation that another
/// one goes on with. Tokens are not opened and nothing waits for it.
/// </summary>
internal sealed partial class KeyRotator(
    VaultDbContext db, WrappedRows wrapped, Envelope envelope, RotationContext context, ILogger<KeyRotator> logger)
{
    private const int MostAttempts = 3;
    private static readonly TimeSpan ClaimLife = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FailureWait = TimeSpan.FromSeconds(1);

    /// <summary>Works on the rotation that runs, or looks after what the last one could not see yet, until there is nothing to do.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (await ClaimAsync(cancellationToken) is { } rotation)
        {
            // The key store is asked before anything is read, so that its outage costs no row an attempt.
            var key = await context.Keys.GetAsync(rotation.To!, cancellationToken);
            if (!await BatchAsync(rotation, key, cancellationToken))
            {
                return;
            }
        }
    }

    private async Task<KeyRotation?> ClaimAsync(CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var now = context.Clock.GetUtcNow();
        var recent = now - WrappingKeys.Aftermath;
        var rotation = await db.KeyRotations.Where(row => row.To != null && (row.FinishedAt == null || row.FinishedAt > recent))
            .OrderByDescending(row => row.StartedAt).FirstOrDefaultAsync(cancellationToken);
        if (rotation is null || (rotation.IsClaimed(now) && rotation.Claim != context.Replica))
        {
            return null;
        }

        var others = await wrapped.CountOthersAsync(rotation.To!, cancellationToken);
        if (rotation.FinishedAt is not null && others <= rotation.Failed)
        {
            return null;
        }

        try
        {
            rotation.Take(context.Replica, now + ClaimLife);
            await db.SaveChangesAsync(cancellationToken);
            return rotation;
        }
        catch (DbUpdateConcurrencyException)
        {
            return null;
        }
    }

    /// <returns>False when there is nothing more to do now.</returns>
    private async Task<bool> BatchAsync(KeyRotation rotation, KeyEncryptionKey key, CancellationToken cancellationToken)
    {
        var now = context.Clock.GetUtcNow();
        var failures = await db.RotationFailures.Where(row => row.RotationId == rotation.Id).ToListAsync(cancellationToken);
        var resting = failures.Where(row => row.Attempts >= MostAttempts || row.NextTryAt > now).Select(row => row.RowId).ToHashSet();
        var rows = await wrapped.OthersAsync(key.Version, resting, context.BatchSize, cancellationToken);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var done = 0;
        foreach (var row in rows)
        {
            done += await RewrapAsync(rotation, row, key, failures, cancellationToken) ? 1 : 0;
        }

        var remaining = await wrapped.CountOthersAsync(key.Version, cancellationToken);
        rotation.Advance(done, failures.Count(row => row.Attempts > 0), remaining);
        rotation.Take(context.Replica, context.Clock.GetUtcNow() + ClaimLife);
        var hopeless = failures.Count(row => row.Attempts >= MostAttempts);
        var finished = remaining <= hopeless;
        if (finished)
        {
            rotation.Finish(rotation.FinishedAt ?? context.Clock.GetUtcNow());
            LogFinished(rotation.Id, rotation.Done, rotation.Failed);
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Our claim ran out and another replica goes on: what this batch did is undone with it.
            return false;
        }

        if (!finished && rows.Count == 0)
        {
            await Task.Delay(FailureWait, context.Clock, cancellationToken);
        }

        return !finished;
    }

    /// <returns>False when it failed or the row changed meanwhile.</returns>
    private async Task<bool> RewrapAsync(
        KeyRotation rotation, WrappedRow row, KeyEncryptionKey key, List<RotationFailure> failures, CancellationToken cancellationToken)
    {
        try
        {
            var renewed = await envelope.RewrapAsync(row.Envelope, row.AssociatedData, key, cancellationToken);
            if (!await row.Write(renewed))
            {
                return false;
            }

            if (failures.Find(known => known.RowId == row.Id) is { } solved)
            {
                failures.Remove(solved);
                db.RotationFailures.Remove(solved);
            }

            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or KeyVersionMissingException)
        {
            var failure = failures.Find(known => known.RowId == row.Id);
            if (failure is null)
            {
                failure = new RotationFailure
                {
                    RotationId = rotation.Id,
                    Kind = row.Kind,
                    RowId = row.Id,
                    WorkspaceId = row.WorkspaceId,
                    Detail = "",
                };
                failures.Add(failure);
                db.RotationFailures.Add(failure);
            }

            failure.Detail = exception is KeyVersionMissingException ? exception.Message : "The stored secret is damaged and does not open.";
            failure.Attempts++;
            failure.NextTryAt = context.Clock.GetUtcNow() + (FailureWait * failure.Attempts);
            LogFailed(row.Kind, row.Id, failure.Attempts, failure.Detail);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The key of {Kind} {RowId} could not be changed, attempt {Attempt}: {Detail}")]
    private partial void LogFailed(string kind, string rowId, int attempt, string detail);

    [LoggerMessage(LogLevel.Information, "Key rotation {RotationId} is finished: {Done} done, {Failed} failed.")]
    private partial void LogFinished(Guid rotationId, int done, int failed);
}
