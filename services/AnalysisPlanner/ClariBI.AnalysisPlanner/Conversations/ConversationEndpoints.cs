using System.ComponentModel.DataAnnotations;
using ClariBI.AnalysisPlanner.Analyses;
using ClariBI.AnalysisPlanner.Data;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.AnalysisPlanner.Conversations;

public sealed record RenameConversationRequest([Required, StringLength(Conversation.TitleLength), NoControlCharacters] string Title);

/// <param name="Analyses">How many questions it holds.</param>
internal sealed record ConversationSummaryResponse(Guid Id, string Title, DateTimeOffset UpdatedAt, int Analyses);

internal sealed record ConversationResponse(Guid Id, string Title, DateTimeOffset CreatedAt, IReadOnlyList<AnalysisResponse> Analyses);

internal static class ConversationEndpoints
{
    private const int MaximumListed = 200;

    public static void MapConversations(this IEndpointRouteBuilder conversations)
    {
        conversations.MapGet("/", ListAsync).WithName("ListConversations").WithSummary("List conversations, latest first");
        conversations.MapGet("/{id:guid}", GetAsync).WithName("GetConversation").WithSummary("Read a conversation")
            .ProducesProblem(StatusCodes.Status404NotFound);
        conversations.MapPatch("/{id:guid}", RenameAsync).WithName("RenameConversation").WithSummary("Rename a conversation")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        conversations.MapDelete("/{id:guid}", DeleteAsync).WithName("DeleteConversation").WithSummary("Delete a conversation and its analyses")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<List<ConversationSummaryResponse>>> ListAsync(
        Caller caller, PlannerDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await db.Conversations.AsNoTracking()
            .Where(row => row.WorkspaceId == caller.WorkspaceId)
            .OrderByDescending(row => row.UpdatedAt).Take(MaximumListed)
            .Select(row => new ConversationSummaryResponse(
                row.Id, row.Title, row.UpdatedAt, db.Analyses.Count(analysis => analysis.ConversationId == row.Id)))
            .ToListAsync(cancellationToken));

    private static async Task<Results<Ok<ConversationResponse>, ProblemHttpResult>> GetAsync(
        Guid id, Caller caller, PlannerDbContext db, CancellationToken cancellationToken) =>
        await FindAsync(id, caller, db, cancellationToken) is { } conversation
            ? TypedResults.Ok(await ReadAsync(conversation, db, cancellationToken))
            : PlannerProblem.ConversationNotFound.ToHttp(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<ConversationSummaryResponse>, ProblemHttpResult>> RenameAsync(
        Guid id, RenameConversationRequest request, Caller caller, PlannerDbContext db, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, caller, db, cancellationToken) is not { } conversation)
        {
            return PlannerProblem.ConversationNotFound.ToHttp(StatusCodes.Status404NotFound);
        }

        conversation.Rename(request.Title.Trim());
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Ok(new ConversationSummaryResponse(
            conversation.Id, conversation.Title, conversation.UpdatedAt,
            await db.Analyses.CountAsync(row => row.ConversationId == conversation.Id, cancellationToken)));
    }

    /// <summary>A run that still works on one of its analyses finds it gone and stores nothing.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid id, Caller caller, PlannerDbContext db, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, caller, db, cancellationToken) is not { } conversation)
        {
            return PlannerProblem.ConversationNotFound.ToHttp(StatusCodes.Status404NotFound);
        }

        // The database takes the analyses and their steps along.
        db.Conversations.Remove(conversation);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static Task<Conversation?> FindAsync(Guid id, Caller caller, PlannerDbContext db, CancellationToken cancellationToken) =>
        db.Conversations.FirstOrDefaultAsync(row => row.Id == id && row.WorkspaceId == caller.WorkspaceId, cancellationToken);

    private static async Task<ConversationResponse> ReadAsync(Conversation conversation, PlannerDbContext db, CancellationToken cancellationToken)
    {
        var analyses = await db.Analyses.AsNoTracking()
            .Where(row => row.ConversationId == conversation.Id).OrderBy(row => row.CreatedAt).ToListAsync(cancellationToken);
        var steps = await db.Steps.AsNoTracking()
            .Where(step => db.Analyses.Any(row => row.Id == step.AnalysisId && row.ConversationId == conversation.Id))
            .ToListAsync(cancellationToken);
        var byAnalysis = steps.ToLookup(step => step.AnalysisId);
        return new ConversationResponse(
            conversation.Id, conversation.Title, conversation.CreatedAt,
            [.. analyses.Select(analysis => AnalysisResponse.Of(analysis, byAnalysis[analysis.Id]))]);
    }
}
