using System.ComponentModel.DataAnnotations;
using ClariBI.Connector.Data;
using ClariBI.Contracts.Connector;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources.History;

internal sealed record TimelineEntryResponse(Guid Id, DateTimeOffset At, HistoryKind Kind, string Title, string? Detail, string? By);

internal static class GetTimeline
{
    public static void MapGetTimeline(this IEndpointRouteBuilder connector) =>
        connector.MapGet("/api/data-sources/{id:guid}/timeline", HandleAsync).WithName(nameof(GetTimeline))
            .WithSummary("What happened to a connection and what lies ahead, newest first")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);

    /// <param name="before">The last line of the page before; an id that is not in the timeline gives no lines.</param>
    private static async Task<Results<Ok<List<TimelineEntryResponse>>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ConnectorDbContext db, TimeProvider clock, CancellationToken cancellationToken,
        [Range(1, 300)] int limit = 300, Guid? before = null)
    {
        var source = await db.DataSources.AsNoTracking().In(caller).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (source is null)
        {
            return DataSourceProblems.NotFound();
        }

        var now = clock.GetUtcNow();
        var ahead = before is null ? Ahead(source, now) : null;
        var history = db.History.AsNoTracking().Where(row => row.DataSourceId == id && row.WorkspaceId == caller.WorkspaceId);
        var latestConsent = await history.Where(row => row.Kind == HistoryKind.Consented || row.Kind == HistoryKind.Reconnected)
            .OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Select(row => (Guid?)row.Id).FirstOrDefaultAsync(cancellationToken);
        if (before is { } last && last != source.Id)
        {
            var at = await history.Where(row => row.Id == last).Select(row => (DateTimeOffset?)row.At).SingleOrDefaultAsync(cancellationToken);
            history = history.Where(row => row.At < at || (row.At == at && row.Id.CompareTo(last) < 0));
        }

        var entries = await history.OrderByDescending(row => row.At).ThenByDescending(row => row.Id)
            .Take(ahead is null ? limit : limit - 1).ToListAsync(cancellationToken);
        var lines = entries.ConvertAll(row => new TimelineEntryResponse(
            row.Id, row.At, row.Kind, row.Title,
            row.Id == latestConsent ? $"{row.Detail} That was {SpokenTime.Ago(row.At, now)}.".Trim() : row.Detail, row.By));
        if (ahead is not null)
        {
            lines.Insert(0, ahead);
        }

        return TypedResults.Ok(lines);
    }

    private static TimelineEntryResponse? Ahead(DataSource source, DateTimeOffset now) =>
        source.State is DataSourceState.Connected or DataSourceState.Degraded && source.GrantExpiresAt is { } expires && expires > now
            ? new TimelineEntryResponse(
                source.Id, expires, HistoryKind.Expires, "Access expires",
                source.GrantRefreshedAt is not null || source.ServiceAccount || source.ScopeList.Contains("offline_access")
                    ? "ClariBI renews it before that by itself."
                    : "ClariBI renews it before that where the vendor allows it; else it has to be connected again.",
                null)
            : null;
}
