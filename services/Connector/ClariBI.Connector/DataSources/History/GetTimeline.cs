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
    private const int Most = 300;

    public static void MapGetTimeline(this IEndpointRouteBuilder connector) =>
        connector.MapGet("/api/data-sources/{id:guid}/timeline", HandleAsync).WithName(nameof(GetTimeline))
            .WithSummary("What happened to a connection and what lies ahead, newest first").ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<List<TimelineEntryResponse>>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ConnectorDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var source = await db.DataSources.AsNoTracking().In(caller).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (source is null)
        {
            return DataSourceProblems.NotFound();
        }

        var entries = await db.History.AsNoTracking().Where(row => row.DataSourceId == id && row.WorkspaceId == caller.WorkspaceId)
            .OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(Most).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var latestConsent = entries.Find(row => row.Kind is HistoryKind.Consented or HistoryKind.Reconnected)?.Id;
        var lines = entries.ConvertAll(row => new TimelineEntryResponse(
            row.Id, row.At, row.Kind, row.Title, row.Id == latestConsent ? $"{row.Detail} {Ago(row.At, now)}".Trim() : row.Detail, row.By));
        if (Ahead(source, now) is { } ahead)
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

    private static string Ago(DateTimeOffset at, DateTimeOffset now) => Math.Max(0, (int)(now - at).TotalDays) switch
    {
        0 => "That was today.",
        1 => "That was yesterday.",
        var days => $"That was {days} days ago.",
    };
}
