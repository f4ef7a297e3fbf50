using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Authorizations;

/// <summary>
/// Reads the scope lessons out of a person's attempts of the last hour at one server. What was asked for twice and is refused
/// all the same is not asked for a third time.
/// </summary>
internal sealed class ScopeMemory(ConnectorDbContext db, TimeProvider clock)
{
    private const int MostAttempts = 2;
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    /// <exception cref="ConnectingException">The vendor keeps refusing what it asks for.</exception>
    public async Task<ScopeLessons> LearnAsync(Uri server, string vendor, DataSource? reconnected, Caller caller, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - Memory;
        var address = server.AbsoluteUri;
        var attempts = await db.Authorizations.AsNoTracking().OwnedBy(caller)
            .Where(row => row.Vendor == vendor && row.ServerUrl == address && row.CreatedAt > since)
            .OrderByDescending(row => row.CreatedAt).Take(20).ToListAsync(cancellationToken);
        var failed = attempts.TakeWhile(attempt => attempt.Status is not (AuthorizationStatus.Authorized or AuthorizationStatus.Finished)).ToList();
        var refusals = failed.Count(attempt => attempt.FailureCode == FailureCodes.InvalidScope);
        var challenged = failed.Where(attempt => attempt.FailureCode == FailureCodes.InsufficientScope).Select(attempt => attempt.ChallengedScope).ToList();
        if (reconnected?.ChallengedScope is { Length: > 0 } still)
        {
            challenged.Add(still);
        }

        foreach (var scope in challenged)
        {
            if (attempts.Count(attempt => HasAnswer(attempt) && ScopeChoice.Contains(attempt.Scope, scope)) >= MostAttempts)
            {
                throw ConnectingException.ScopeDenied(server, scope!);
            }
        }

        return new ScopeLessons(ScopeChoice.Union([.. challenged, reconnected?.Scopes]), refusals);
    }

    /// <summary>The vendor gave a token, whatever it let us do with it.</summary>
    private static bool HasAnswer(Authorization attempt) =>
        attempt.Status is AuthorizationStatus.Authorized or AuthorizationStatus.Finished || attempt.FailureCode == FailureCodes.InsufficientScope;
}
