using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources.States;
using ClariBI.Contracts.Connector;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources.Doctor;

/// <summary>What the doctor found becomes the state of the data source.</summary>
internal sealed class ConnectionRecovery(ConnectorDbContext db, DataSourceStates states, TimeProvider clock)
{
    private const int Attempts = 4;

    public TimeProvider Clock => clock;

    /// <summary>The credential works after all.</summary>
    public Task RecoverAsync(DataSource source, CancellationToken cancellationToken) =>
        source.State == DataSourceState.NeedsReauthorization ? NoteAsync(source, ConnectionState.Connected, cancellationToken) : Task.CompletedTask;

    public async Task NoteAsync(DataSource seen, ConnectionState next, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            db.ChangeTracker.Clear();
            var source = await db.DataSources.SingleOrDefaultAsync(row => row.Id == seen.Id && row.GrantId == seen.GrantId, cancellationToken);
            if (source is null || !await states.ChangeAsync(source, next, cancellationToken))
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
                // Somebody else wrote what they saw: look again.
            }
        }
    }

    public Task NoteReachableAsync(DataSource seen, bool reachable, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        bool? ok = reachable;
        return db.DataSources.Where(row => row.Id == seen.Id && row.GrantId == seen.GrantId).ExecuteUpdateAsync(
            row => row.SetProperty(source => source.ReachableOk, ok).SetProperty(source => source.ReachableAt, now), cancellationToken);
    }
}
