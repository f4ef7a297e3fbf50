using ClariBI.Charts.Data;
using ClariBI.Charts.Descriptions;
using ClariBI.Charts.Specs;
using ClariBI.Contracts.Charts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Charts.Charts;

/// <summary>
/// One chart per analysis: a second message with newer data redraws it, the same message again changes nothing. Two at once
/// meet at the unique index; the loser throws, is tried again and finds the chart.
/// </summary>
internal sealed class DrawChartConsumer(ChartsDbContext db) : IConsumer<DrawChart>
{
    public async Task Consume(ConsumeContext<DrawChart> context)
    {
        var message = context.Message;
        var capturedAt = Snapshot.Stored(message.CapturedAt);
        var chart = await db.Charts.SingleOrDefaultAsync(
            row => row.WorkspaceId == message.WorkspaceId && row.AnalysisId == message.AnalysisId, context.CancellationToken);
        if (chart is null)
        {
            chart = new Chart { WorkspaceId = message.WorkspaceId, AnalysisId = message.AnalysisId };
            db.Charts.Add(chart);
        }

        var isKnown = await db.Snapshots.AnyAsync(
            row => row.ChartId == chart.Id && row.CapturedAt >= capturedAt, context.CancellationToken);
        if (!isKnown)
        {
            var snapshot = new Snapshot
            {
                ChartId = chart.Id,
                Table = message.Table,
                Source = message.Source,
                CapturedAt = capturedAt,
            };
            db.Snapshots.Add(snapshot);
            chart.Redraw(message.Question, message.Title, message.Query, snapshot);
            await db.SaveChangesAsync(context.CancellationToken);
            await db.TrimChartAsync(chart.Id, context.CancellationToken);
            ChartsTelemetry.ChartsDrawn.Add(1);
        }

        var spec = ChartSpec.Choose(message.Table, message.Query);
        await context.RespondAsync(new ChartDrawn(
            chart.Id, spec.Type, ChartDescription.Write(message.Title, spec.Type, message.Table, message.Source)));
    }
}
