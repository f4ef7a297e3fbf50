using ClariBI.AnalysisPlanner.DataSources;
using ClariBI.AnalysisPlanner.Engines.BuiltIn;
using ClariBI.Contracts.Connector;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClariBI.AnalysisPlanner.Suggestions;

internal sealed record SuggestionsResponse(IReadOnlyList<string> Questions);

internal static class SuggestQuestions
{
    public static void MapSuggestQuestions(this IEndpointRouteBuilder suggestions) =>
        suggestions.MapGet("/", HandleAsync).WithName(nameof(SuggestQuestions))
            .WithSummary("Questions that a data source can answer, made from its own events")
            .ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>Without a data source that can be asked there is nothing to suggest: an empty list, not an error.</summary>
    private static async Task<Results<Ok<SuggestionsResponse>, ProblemHttpResult>> HandleAsync(
        Guid? dataSourceId, Caller caller, ConnectorClient connector, Projects projects, CancellationToken cancellationToken)
    {
        try
        {
            var sources = await connector.ListAsync(caller.WorkspaceId, cancellationToken);
            var source = dataSourceId is { } id
                ? sources.FirstOrDefault(item => item.Id == id)
                : sources.FirstOrDefault(item => item.State is DataSourceState.Connected or DataSourceState.Degraded);
            if (source is null)
            {
                return dataSourceId is null
                    ? TypedResults.Ok(new SuggestionsResponse([]))
                    : PlannerProblem.DataSourceNotFound.ToHttp(StatusCodes.Status404NotFound);
            }

            var project = await projects.OpenAsync(new Requester(caller.WorkspaceId, caller.Name), source.Id, cancellationToken);
            return TypedResults.Ok(new SuggestionsResponse(SuggestedQuestions.For(project.Taxonomy)));
        }
        catch (PlannerProblemException)
        {
            return TypedResults.Ok(new SuggestionsResponse([]));
        }
    }
}
