using System.ComponentModel.DataAnnotations;
using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Calls;
using ClariBI.Connector.Data;
using ClariBI.Connector.Vendors;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources.Projects;

/// <param name="Name">Null: stays.</param>
/// <param name="ProjectId">One of the account's projects; null: stays.</param>
public sealed record ChangeDataSourceRequest(
    [StringLength(80, MinimumLength = 1), RegularExpression(@"[\s\S]*\S[\s\S]*")] string? Name, [StringLength(100, MinimumLength = 1)] string? ProjectId);

/// <summary>Renames a data source or points it at another project. Both or neither.</summary>
internal static class ChangeDataSource
{
    public static void MapChangeDataSource(this IEndpointRouteBuilder connector) =>
        connector.MapPatch("/api/data-sources/{id:guid}", HandleAsync).WithName(nameof(ChangeDataSource))
            .WithSummary("Rename a data source, or choose another project of its account")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status502BadGateway)
            .ProducesProblem(StatusCodes.Status504GatewayTimeout);

    private static async Task<Results<Ok<DataSourceResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, ChangeDataSourceRequest request, Caller caller, ConnectorDbContext db, DataSourceChanges changes, VendorCatalogue catalogue,
        CancellationToken cancellationToken)
    {
        var source = await db.DataSources.AsNoTracking().In(caller).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (source is null)
        {
            return DataSourceProblems.NotFound();
        }

        var name = request.Name is null ? null : DataSourceNames.Clean(request.Name);
        if (name is "")
        {
            return DataSourceProblems.NoName();
        }

        if (name is not null && await db.SuggestNameAsync(caller, name, id, cancellationToken) is { } suggestion)
        {
            return DataSourceProblems.NameTaken(name, suggestion);
        }

        VendorProject? project = null;
        if (request.ProjectId is { } wanted && wanted != source.ProjectId)
        {
            var (found, failure) = await changes.FindProjectAsync(source, wanted, caller.Name, cancellationToken);
            if (failure is not null)
            {
                return CallProblems.Of(failure);
            }

            if (found is null)
            {
                return NoSuchProject(wanted);
            }

            project = found;
        }

        return await changes.SaveAsync(id, name, project, caller.Name, cancellationToken) is { } changed
            ? TypedResults.Ok(await db.DescribeAsync(changed, caller, catalogue, cancellationToken))
            : DataSourceProblems.Changed();
    }

    private static ProblemHttpResult NoSuchProject(string id) => TypedResults.Problem(
        type: "project-not-found", title: "The account has no such project.", statusCode: StatusCodes.Status409Conflict,
        detail: $"The vendor lists no project {id} for this account. Choose one that it lists.");
}
