using ClariBI.AnalysisPlanner.Analyses.Running;
using ClariBI.AnalysisPlanner.Conversations;
using ClariBI.AnalysisPlanner.Data;
using ClariBI.AnalysisPlanner.DataSources;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Connector;
using ClariBI.Messaging.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClariBI.AnalysisPlanner.Analyses;

/// <summary>Takes a question, from a person or from the bus: one transaction stores the analysis and the command that runs it.</summary>
internal sealed class Submission(
    PlannerDbContext db, IOutbox<PlannerDbContext> outbox, ConnectorClient connector, IOptions<PlannerOptions> options, TimeProvider clock)
{
    public async Task<Submitted> SubmitAsync(SubmitAnalysis command, CancellationToken cancellationToken)
    {
        if (await db.Analyses.AsNoTracking().FirstOrDefaultAsync(row => row.Id == command.AnalysisId, cancellationToken) is { } existing)
        {
            return existing.WorkspaceId == command.WorkspaceId ? new Submitted.Accepted(existing) : new Submitted.Rejected(PlannerProblem.AnalysisNotFound, 404);
        }

        Conversation? conversation = null;
        if (command.ConversationId is { } id)
        {
            conversation = await db.Conversations.FirstOrDefaultAsync(
                row => row.Id == id && row.WorkspaceId == command.WorkspaceId, cancellationToken);
            if (conversation is null)
            {
                return new Submitted.Rejected(PlannerProblem.ConversationNotFound, 404);
            }
        }

        var choice = await ChooseDataSourceAsync(command, cancellationToken);
        if (choice.Problem is { } problem)
        {
            return new Submitted.Rejected(problem, choice.Status);
        }

        var now = clock.GetUtcNow();
        if (conversation is null)
        {
            conversation = Conversation.Begin(command.WorkspaceId, command.Question.Trim(), now);
            db.Conversations.Add(conversation);
        }

        conversation.Asked(now);
        var analysis = Analysis.Submit(command, conversation.Id, choice.DataSourceId, now, options.Value.Lease);
        db.Analyses.Add(analysis);
        outbox.Send(RunAnalysisDefinition.Queue, new RunAnalysis(analysis.Id));
        await db.SaveChangesAsync(cancellationToken);
        return new Submitted.Accepted(analysis);
    }

    private async Task<Choice> ChooseDataSourceAsync(SubmitAnalysis command, CancellationToken cancellationToken)
    {
        var sources = await connector.ListAsync(command.WorkspaceId, cancellationToken);
        if (command.DataSourceId is { } named)
        {
            // One that is disconnected is taken: the run says so, and the question is kept.
            return sources.Any(source => source.Id == named)
                ? new Choice(named)
                : new Choice(null, PlannerProblem.DataSourceNotFound, 404);
        }

        var usable = sources.Where(source => source.State is DataSourceState.Connected or DataSourceState.Degraded).ToList();
        if (usable.Count <= 1)
        {
            return usable.Count == 1 ? new Choice(usable[0].Id) : new Choice(null, NoneUsable(sources), 409);
        }

        var previous = await db.Analyses
            .Where(row => row.ConversationId == command.ConversationId && row.WorkspaceId == command.WorkspaceId)
            .OrderByDescending(row => row.CreatedAt).Select(row => row.DataSourceId).FirstOrDefaultAsync(cancellationToken);
        return usable.Any(source => source.Id == previous) ? new Choice(previous) : new Choice(null, PlannerProblem.DataSourceRequired, 400);
    }

    /// <summary>"No data source is connected" sends somebody to connect one who only has to reconnect theirs.</summary>
    private static PlannerProblem NoneUsable(IEnumerable<DataSourceInfo> sources) =>
        sources.FirstOrDefault(source => source.State == DataSourceState.NeedsReauthorization) is { } stale && VendorProblems.Of(stale) is { } problem
            ? problem with { Detail = $"{stale.VendorName} no longer accepts ClariBI\u2019s access. Reconnect {stale.Name} under Data Sources, then ask again." }
            : PlannerProblem.NoDataSource;

    private sealed record Choice(Guid? DataSourceId, PlannerProblem? Problem = null, int Status = 0);
}

internal abstract record Submitted
{
    private Submitted()
    {
    }

    internal sealed record Accepted(Analysis Analysis) : Submitted;

    internal sealed record Rejected(PlannerProblem Problem, int Status) : Submitted;
}
