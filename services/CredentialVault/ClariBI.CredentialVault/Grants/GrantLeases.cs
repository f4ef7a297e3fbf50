using System.Security.Cryptography;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClariBI.CredentialVault.Grants;

internal abstract record LeaseResult
{
    internal sealed record Granted(Grant Grant, string AccessToken) : LeaseResult;

    internal sealed record Refused(LeaseRefused Answer) : LeaseResult;
}

/// <summary>Finds the token to hand out, and has it refreshed first where that is due.</summary>
internal sealed partial class GrantLeases(
    VaultDbContext db, GrantRefresher refresher, GrantCipher cipher, TimeProvider clock, ILogger<GrantLeases> logger)
{
    /// <summary>A token this close to its end would not survive the request it is for.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    public async Task<LeaseResult> GetAsync(Guid grantId, Guid workspaceId, int? rejectedGeneration, CancellationToken cancellationToken)
    {
        // Each turn either answers or follows a change that another request made; three such changes in a row do not happen.
        for (var turn = 0; turn < 4; turn++)
        {
            db.ChangeTracker.Clear();
            var grant = await db.Grants.SingleOrDefaultAsync(
                row => row.Id == grantId && row.WorkspaceId == workspaceId, cancellationToken);
            if (grant is null)
            {
                return Refuse(LeaseRefusal.NotFound, "The credential is not there; it was deleted or never stored.");
            }

            if (grant.State == GrantState.Ended)
            {
                return Refuse(LeaseRefusal.GrantEnded, grant.EndReason ?? "The vendor ended the grant.");
            }

            var now = clock.GetUtcNow();
            var unusable = rejectedGeneration >= grant.Generation || grant.ExpiresAt - Skew <= now;
            if (!unusable && !(grant.RefreshAt <= now))
            {
                return await OpenAsync(grant, cancellationToken);
            }

            var outcome = await refresher.RefreshAsync(grant, unusable, cancellationToken);
            switch (outcome)
            {
                case RefreshOutcome.Unavailable when unusable:
                    return Refuse(LeaseRefusal.VendorUnavailable, ((RefreshOutcome.Unavailable)outcome).Detail);
                case RefreshOutcome.Unavailable or RefreshOutcome.Busy:
                    return await OpenAsync(grant, cancellationToken);
            }
        }

        return Refuse(LeaseRefusal.VendorUnavailable, "The credential keeps changing. Try again in a moment.");
    }

    private async Task<LeaseResult> OpenAsync(Grant grant, CancellationToken cancellationToken)
    {
        try
        {
            return new LeaseResult.Granted(grant, (await cipher.OpenAsync(grant, cancellationToken)).AccessToken);
        }
        catch (CryptographicException altered)
        {
            LogAltered(altered, grant.Id);
            return Refuse(LeaseRefusal.GrantEnded, "The stored credential is damaged and cannot be opened. Connect again.");
        }
    }

    private static LeaseResult.Refused Refuse(LeaseRefusal reason, string detail) => new(new LeaseRefused(reason, detail));

    [LoggerMessage(LogLevel.Error, "The ciphertext of grant {GrantId} does not open: it was altered or moved.")]
    private partial void LogAltered(Exception exception, Guid grantId);
}
