using ClariBI.Connector.Data;
using ClariBI.Connector.Grants;
using ClariBI.Connector.Vendors;
using ClariBI.Contracts.Connector;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources.States;

/// <summary>
/// Keeps the shown state of a data source in step with what its calls, its checks and the doctor meet. Nothing is written over
/// a grant that another one has replaced meanwhile.
/// </summary>
internal sealed class DataSourceHealth(ConnectorDbContext db, DataSourceStates states, VendorCatalogue catalogue, TimeProvider clock)
{
    private const int Attempts = 4;

    /// <summary>Calls that work say so to the database this often at most.</summary>
    private static readonly TimeSpan Known = TimeSpan.FromMinutes(1);

    public TimeProvider Clock => clock;

    /// <param name="lease">The access that was used last, where it was used at all.</param>
    /// <param name="failure">Null when the vendor answered the call.</param>
    public async Task NoteCallAsync(DataSource seen, Lease? lease, ToolCallFailed? failure, CancellationToken cancellationToken)
    {
        await NoteReachableAsync(seen, failure, cancellationToken);
        await NoteAsync(seen, lease, failure is null ? ConnectionState.Connected : After(seen, failure), cancellationToken);
    }

    /// <summary>A list that arrived clears nothing: it may come from memory, and a vendor that lists its tools may still fail their calls.</summary>
    public Task NoteListAsync(DataSource seen, Lease? lease, ToolCallFailed? failure, CancellationToken cancellationToken) =>
        NoteAsync(seen, lease, failure is null ? null : After(seen, failure), cancellationToken);

    /// <summary>What the doctor found, who has looked at everything: it counts whatever was there before.</summary>
    public Task NoteFoundAsync(DataSource seen, ConnectionState next, CancellationToken cancellationToken) =>
        WriteAsync(seen, source => states.ChangeAsync(source, next, cancellationToken), cancellationToken);

    /// <summary>The credential works after all.</summary>
    public Task RecoverAsync(DataSource source, CancellationToken cancellationToken) =>
        source.State == DataSourceState.NeedsReauthorization ? NoteFoundAsync(source, ConnectionState.Connected, cancellationToken) : Task.CompletedTask;

    /// <summary>Whether the vendor answers at all, which says nothing about whether it accepts us.</summary>
    public async Task NoteReachableAsync(DataSource seen, ToolCallFailed? failure, CancellationToken cancellationToken)
    {
        bool? reached = failure switch
        {
            null => true,
            { Code: StateCodes.VaultUnreachable } => null,
            { Reason: ToolCallFailure.VendorUnavailable, Code: null or StateCodes.VendorUnreachable } => false,
            { Reason: ToolCallFailure.TimedOut } => null,
            _ => true,
        };
        if (reached is { } ok && !(seen.ReachableOk == ok && seen.ReachableAt + Known > clock.GetUtcNow()))
        {
            await NoteReachableAsync(seen, ok, cancellationToken);
        }
    }

    public Task NoteReachableAsync(DataSource seen, bool reached, CancellationToken cancellationToken)
    {
        (bool? ok, DateTimeOffset? now) = (reached, clock.GetUtcNow());
        return db.DataSources.Where(row => row.Id == seen.Id && row.GrantId == seen.GrantId).ExecuteUpdateAsync(
            row => row.SetProperty(source => source.ReachableOk, ok).SetProperty(source => source.ReachableAt, now), cancellationToken);
    }

    private ConnectionState? After(DataSource seen, ToolCallFailed failure) =>
        ConnectionState.After(failure, seen, catalogue.NameOf(seen), clock.GetUtcNow());

    private async Task NoteAsync(DataSource seen, Lease? lease, ConnectionState? next, CancellationToken cancellationToken)
    {
        if ((next is null || (next.State == seen.State && next.Code == seen.StateCode))
            && (lease is null || (seen.GrantRefreshedAt == lease.RefreshedAt && seen.GrantExpiresAt == lease.TokenExpiresAt)))
        {
            return;
        }

        await WriteAsync(
            seen,
            async source =>
            {
                var stateChanged = next is not null && !Stays(source, next) && await states.ChangeAsync(source, next, cancellationToken);
                return (lease is not null && source.Observe(lease.RefreshedAt, lease.TokenExpiresAt)) || stateChanged;
            },
            cancellationToken);
    }

    /// <param name="change">Returns false when there is nothing to save.</param>
    private async Task WriteAsync(DataSource seen, Func<DataSource, Task<bool>> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            db.ChangeTracker.Clear();
            var source = await db.DataSources.SingleOrDefaultAsync(row => row.Id == seen.Id && row.GrantId == seen.GrantId, cancellationToken);
            if (source is null || !await change(source))
            {
                return;
            }

            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return;
            }
            catch (DbUpdateException)
            {
                // Somebody else wrote what they saw at the same moment: look again.
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>A call that worked while a person is needed is another call; and what the vault knows of an ended grant is more exact.</summary>
    private static bool Stays(DataSource source, ConnectionState next) => next.State == DataSourceState.Connected
        ? source.State == DataSourceState.NeedsReauthorization || StateCodes.NeedsPerson(source.StateCode)
        : source.State == DataSourceState.NeedsReauthorization;
}
