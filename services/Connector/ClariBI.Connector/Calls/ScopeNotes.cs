using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Calls;

/// <summary>Remembers which scopes a data source's calls were missing, for the next consent.</summary>
internal sealed class ScopeNotes(ConnectorDbContext db)
{
    /// <summary>Together with what was missing before; nothing is written when that says it already.</summary>
    public async Task NoteAsync(DataSource seen, string scope, CancellationToken cancellationToken)
    {
        var asked = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (asked.Length == 0 || asked.All(Known(seen).Contains))
        {
            return;
        }

        var source = await db.DataSources.SingleOrDefaultAsync(row => row.Id == seen.Id && row.GrantId == seen.GrantId, cancellationToken);
        if (source is null || asked.All(Known(source).Contains))
        {
            return;
        }

        source.NeedScope(string.Join(' ', Known(source).Union(asked, StringComparer.Ordinal)));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else wrote; the next call that is missing it says so again.
            db.ChangeTracker.Clear();
        }
    }

    private static string[] Known(DataSource source) => source.ChallengedScope?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
