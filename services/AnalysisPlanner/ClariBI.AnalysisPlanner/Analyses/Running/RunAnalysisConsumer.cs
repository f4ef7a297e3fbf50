using ClariBI.AnalysisPlanner.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClariBI.AnalysisPlanner.Analyses.Running;

/// <summary>Claims an analysis, works on it under a lease, and stores one result; whoever lost the claim stores nothing.</summary>
internal sealed partial class RunAnalysisConsumer(
    PlannerDbContext db, AnalysisPipeline pipeline, RunCompletion completion, RunGuard guard, ILogger<RunAnalysisConsumer> logger)
    : IConsumer<RunAnalysis>
{
    public async Task Consume(ConsumeContext<RunAnalysis> context)
    {
        var analysis = await ClaimAsync(context.Message.AnalysisId, context.CancellationToken);
        if (analysis is null)
        {
            return;
        }

        using var activity = PlannerTelemetry.Activities.StartActivity("analysis");
        using var run = guard.Begin(analysis.Id, context.CancellationToken);
        var lease = guard.Leases.KeepAsync(analysis.Id, analysis.Version, run);
        try
        {
            var result = await RunAsync(analysis, run.Token);
            await completion.CompleteAsync(analysis, result, guard.Clock.GetUtcNow(), run.Token);
        }
        catch (DbUpdateConcurrencyException)
        {
            LogLost(analysis.Id);
        }
        catch (OperationCanceledException) when (run.Token.IsCancellationRequested)
        {
            // Stopped, taken over, or the process shuts down; only the last leaves something to release.
            await guard.Leases.ReleaseAsync(analysis.Id, analysis.Version);
        }
        finally
        {
            await run.CancelAsync();
            await lease;
        }
    }

    private async Task<Analysis?> ClaimAsync(Guid id, CancellationToken cancellationToken)
    {
        var analysis = await db.Analyses.FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (analysis is null || !analysis.TryStart(guard.Clock.GetUtcNow(), guard.Options.Lease))
        {
            return null;
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return analysis;
        }
        catch (DbUpdateConcurrencyException)
        {
            return null;
        }
    }

    private async Task<AnalysisResult> RunAsync(Analysis analysis, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.RunAsync(analysis, cancellationToken);
        }
        catch (PlannerProblemException exception)
        {
            return AnalysisResult.Failed(exception.Problem);
        }
        catch (Exception exception) when (exception is not DbUpdateConcurrencyException && !cancellationToken.IsCancellationRequested)
        {
            LogBroken(exception, analysis.Id);
            return AnalysisResult.Failed(PlannerProblem.Internal);
        }
    }

    [LoggerMessage(LogLevel.Information, "The run of analysis {AnalysisId} ends without a result: it was stopped, taken over or deleted.")]
    private partial void LogLost(Guid analysisId);

    [LoggerMessage(LogLevel.Error, "Analysis {AnalysisId} broke.")]
    private partial void LogBroken(Exception exception, Guid analysisId);
}

/// <summary>What a run needs to hold and to lose its claim.</summary>
internal sealed class RunGuard(
    RunningAnalyses running, LeaseKeeper leases, IHostApplicationLifetime process, IOptions<PlannerOptions> options, TimeProvider clock)
{
    /// <summary>A process that shuts down lets go of its runs at once, so that they go on elsewhere; the bus alone would wait for their end.</summary>
    public RunningAnalyses.Run Begin(Guid analysisId, CancellationToken outer) => running.Begin(analysisId, outer, process.ApplicationStopping);

    public LeaseKeeper Leases => leases;

    public PlannerOptions Options => options.Value;

    public TimeProvider Clock => clock;
}
