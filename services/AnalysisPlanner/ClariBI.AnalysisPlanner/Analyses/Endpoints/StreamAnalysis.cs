using System.Globalization;
using System.Text.Json;
using ClariBI.AnalysisPlanner.Analyses.Running;
using ClariBI.AnalysisPlanner.Data;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClariBI.AnalysisPlanner.Analyses.Endpoints;

/// <summary>
/// The steps of an analysis as they happen, as server-sent events. A reconnecting client names the last event it saw; that
/// one is sent again, since it may have been told of the step's begin only.
/// </summary>
internal static class StreamAnalysis
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    public static void MapStreamAnalysis(this IEndpointRouteBuilder analyses) =>
        analyses.MapGet("/{id:guid}/events", HandleAsync).WithName(nameof(StreamAnalysis)).WithSummary("Follow an analysis")
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(
        Guid id, Caller caller, PlannerDbContext db, HttpContext context, CancellationToken cancellationToken)
    {
        if (!await db.Analyses.AnyAsync(row => row.Id == id && row.WorkspaceId == caller.WorkspaceId, cancellationToken))
        {
            return PlannerProblem.AnalysisNotFound.ToHttp(StatusCodes.Status404NotFound);
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        _ = int.TryParse(context.Request.Headers["Last-Event-ID"], CultureInfo.InvariantCulture, out var last);
        try
        {
            await SendAsync(id, caller.WorkspaceId, last, db, context, cancellationToken);
        }
        finally
        {
            // However the stream ends, nobody waits on its account any more; other streams of the analysis look once in vain.
            context.RequestServices.GetRequiredService<AnalysisSignals>().Changed(id);
        }

        return Results.Empty;
    }

    private static async Task SendAsync(
        Guid id, Guid workspaceId, int last, PlannerDbContext db, HttpContext context, CancellationToken cancellationToken)
    {
        var signals = context.RequestServices.GetRequiredService<AnalysisSignals>();
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        var heartbeat = context.RequestServices.GetRequiredService<IOptions<PlannerOptions>>().Value.StreamHeartbeat;
        var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var sent = new Dictionary<int, StepResponse>();
        var written = clock.GetTimestamp();
        while (true)
        {
            var change = signals.NextChange(id);
            if (await db.ReadAsync(id, workspaceId, cancellationToken) is not { } analysis)
            {
                // Deleted with its conversation.
                return;
            }

            foreach (var step in analysis.Steps.Where(step => step.Sequence >= last && sent.GetValueOrDefault(step.Sequence) != step))
            {
                await WriteAsync(context.Response, step.Sequence, "step", JsonSerializer.Serialize(step, json), cancellationToken);
                (sent[step.Sequence], written) = (step, clock.GetTimestamp());
            }

            if (analysis.Status is not (AnalysisStatus.Queued or AnalysisStatus.Running))
            {
                await WriteAsync(context.Response, null, "completed", JsonSerializer.Serialize(analysis, json), cancellationToken);
                return;
            }

            if (clock.GetElapsedTime(written) >= heartbeat)
            {
                await context.Response.WriteAsync(": still working\n\n", cancellationToken);
                written = clock.GetTimestamp();
            }

            await context.Response.Body.FlushAsync(cancellationToken);
            await signals.WaitAsync(change, Look, cancellationToken);
        }
    }

    private static Task WriteAsync(HttpResponse response, int? sequence, string name, string json, CancellationToken cancellationToken) =>
        response.WriteAsync((sequence is { } id ? $"id: {id}\n" : "") + $"event: {name}\ndata: {json}\n\n", cancellationToken);
}
