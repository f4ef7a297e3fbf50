using ClariBI.AnalysisPlanner.Data;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Messaging.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClariBI.AnalysisPlanner.Analyses.Running;

/// <summary>
/// Queues again what a dead process left behind: runs whose lease ended, and questions whose command was lost (the in-memory
/// bus forgets its queues). Sending a command too often does no harm, a run is claimed once.
/// </summary>
internal sealed partial class Recovery(
    IServiceScopeFactory scopes, IHostApplicationLifetime process, IOptions<PlannerOptions> options, TimeProvider clock, ILogger<Recovery> logger)
    : BackgroundService
{
    private const int BatchSize = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A process that shuts down must not take up again what it just gave back.
        using var working = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, process.ApplicationStopping);
        using var timer = new PeriodicTimer(options.Value.RecoveryInterval, clock);
        do
        {
            try
            {
                await RecoverAsync(working.Token);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The database is away, or another replica was faster: the next look settles it.
                LogFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(working.Token));
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlannerDbContext>();
        var outbox = scope.ServiceProvider.GetRequiredService<IOutbox<PlannerDbContext>>();
        var now = clock.GetUtcNow();
        var lost = await db.Analyses
            .Where(row => row.LeaseUntil < now && (row.Status == AnalysisStatus.Queued || row.Status == AnalysisStatus.Running))
            .OrderBy(row => row.CreatedAt).Take(BatchSize).ToListAsync(cancellationToken);
        foreach (var analysis in lost)
        {
            if (analysis.Attempt >= options.Value.MaximumAttempts)
            {
                analysis.Finish(AnalysisResult.Failed(PlannerProblem.Interrupted), now);
                outbox.Publish(new AnalysisFailed(
                    analysis.Id, analysis.WorkspaceId, PlannerProblem.Interrupted.Type, PlannerProblem.Interrupted.Detail, now));
            }
            else
            {
                // A long queue is no loss: the longer one waits, the more rarely it is sent again.
                analysis.QueueAgain(now, Later(now - analysis.CreatedAt));
                outbox.Send(RunAnalysisDefinition.Queue, new RunAnalysis(analysis.Id));
            }

            LogRecovered(analysis.Id, analysis.Attempt, analysis.Status);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private TimeSpan Later(TimeSpan age) => age > options.Value.Lease ? age : options.Value.Lease;

    [LoggerMessage(LogLevel.Warning, "Analysis {AnalysisId} was left behind after {Attempts} attempts; it is {Status} now.")]
    private partial void LogRecovered(Guid analysisId, int attempts, AnalysisStatus status);

    [LoggerMessage(LogLevel.Error, "Analyses left behind could not be looked for.")]
    private partial void LogFailed(Exception exception);
}
