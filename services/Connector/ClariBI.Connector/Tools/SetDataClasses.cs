using System.ComponentModel.DataAnnotations;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClariBI.Connector.Tools;

/// <param name="Personal">Tools that return data on single persons.</param>
/// <param name="FreeText">Tools that return what people wrote or said.</param>
public sealed record DataClassesRequest([Required] bool? Personal, [Required] bool? FreeText);

internal sealed record DataClassesResponse(bool Personal, bool FreeText);

internal static class SetDataClasses
{
    public static void MapSetDataClasses(this IEndpointRouteBuilder connector) =>
        connector.MapPut("/api/data-sources/{id:guid}/data-classes", HandleAsync).WithName(nameof(SetDataClasses))
            .WithSummary("Choose which kinds of data the tools of a data source may return, besides aggregates")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<DataClassesResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, DataClassesRequest request, Caller caller, ToolDecisions decisions, CancellationToken cancellationToken)
    {
        var (source, problem) = await decisions.FindAsync(id, caller, cancellationToken);
        if (source is null)
        {
            return problem!;
        }

        var classes = new DataClasses(request.Personal!.Value, request.FreeText!.Value);
        await decisions.Changes.SetClassesAsync(source, classes, caller.Name, cancellationToken);
        await decisions.SettleAsync(source, await decisions.KnownAsync(source, cancellationToken), cancellationToken);
        return TypedResults.Ok(new DataClassesResponse(classes.Personal, classes.FreeText));
    }
}
