using ClariBI.AnalysisPlanner.Data;
using ClariBI.AnalysisPlanner.DataSources;
using ClariBI.AnalysisPlanner.Engines;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.AnalysisPlanner.Analyses.Running;

/// <summary>Hands the engine a question together with what was asked before it.</summary>
internal sealed class QuestionReader(PlannerDbContext db, IEngine engine)
{
    private const int MaximumTurns = 20;

    public async Task<Understanding> ReadAsync(Analysis analysis, Project project, CancellationToken cancellationToken)
    {
        var earlier = await db.Analyses.AsNoTracking()
            .Where(row => row.ConversationId == analysis.ConversationId && row.CreatedAt < analysis.CreatedAt
                && row.Status != AnalysisStatus.Queued && row.Status != AnalysisStatus.Running)
            .OrderByDescending(row => row.CreatedAt).Take(MaximumTurns)
            .Select(row => new { row.Question, row.QueryJson }).ToListAsync(cancellationToken);
        earlier.Reverse();
        return await engine.UnderstandAsync(
            new EngineRequest(
                analysis.Question, [.. earlier.Select(turn => new PastTurn(turn.Question, Analysis.ReadQuery(turn.QueryJson)))], project.Taxonomy, project.Today),
            cancellationToken);
    }
}
