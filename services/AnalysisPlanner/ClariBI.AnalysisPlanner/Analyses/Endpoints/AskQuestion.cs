using System.ComponentModel.DataAnnotations;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClariBI.AnalysisPlanner.Analyses.Endpoints;

/// <param name="DataSourceId">May be left out where the workspace has one connected data source, or the conversation already has one.</param>
public sealed record AskQuestionRequest(
    [Required, StringLength(Analysis.QuestionLength), NoControlCharacters] string Question, Guid? DataSourceId, Guid? ConversationId);

internal static class AskQuestion
{
    public static void MapAskQuestion(this IEndpointRouteBuilder analyses) =>
        analyses.MapPost("/", HandleAsync).WithName(nameof(AskQuestion)).WithSummary("Ask a question")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Accepted<AnalysisResponse>, ProblemHttpResult>> HandleAsync(
        AskQuestionRequest request, Caller caller, Submission submission, CancellationToken cancellationToken)
    {
        var command = new SubmitAnalysis(
            Guid.CreateVersion7(), caller.WorkspaceId, request.Question, request.DataSourceId, request.ConversationId, caller.UserId, caller.Name);
        try
        {
            return await submission.SubmitAsync(command, cancellationToken) switch
            {
                Submitted.Accepted accepted => TypedResults.Accepted(
                    $"/api/analyses/{accepted.Analysis.Id}", AnalysisResponse.Of(accepted.Analysis, [])),
                Submitted.Rejected rejected => rejected.Problem.ToHttp(rejected.Status),
                _ => throw new InvalidOperationException("A question is accepted or rejected."),
            };
        }
        catch (PlannerProblemException exception)
        {
            return exception.Problem.ToHttp(StatusCodes.Status503ServiceUnavailable);
        }
    }
}
