using System.ComponentModel.DataAnnotations;
using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Data;
using ClariBI.Connector.Vendors;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources;

/// <param name="ProjectId">Needed when the account has several projects.</param>
public sealed record CreateDataSourceRequest(
    Guid AuthorizationId, [Required, StringLength(80, MinimumLength = 1)] string Name, [StringLength(100)] string? ProjectId);

/// <summary>Finishes an authorization: a new data source, or the one it reconnects with a new grant.</summary>
internal static class CreateDataSource
{
    public static void MapCreateDataSource(this IEndpointRouteBuilder connector) =>
        connector.MapPost("/api/data-sources", HandleAsync).WithName(nameof(CreateDataSource))
            .WithSummary("Make a data source of an authorized account, or reconnect one")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<Created<DataSourceResponse>, Ok<DataSourceResponse>, ProblemHttpResult>> HandleAsync(
        CreateDataSourceRequest request, Caller caller, ConnectorDbContext db, DataSourceConnecting connecting, VendorCatalogue catalogue,
        CancellationToken cancellationToken)
    {
        var authorization = await db.Authorizations.OwnedBy(caller).SingleOrDefaultAsync(row => row.Id == request.AuthorizationId, cancellationToken);
        if (authorization is null)
        {
            return AuthorizationProblems.NotFound();
        }

        if (authorization.Status != AuthorizationStatus.Authorized)
        {
            return authorization.Status == AuthorizationStatus.Finished ? AlreadyUsed() : TypedResults.Problem(
                type: "authorization-not-ready", title: "The account is not authorized.", statusCode: StatusCodes.Status409Conflict,
                detail: "Authorize with the vendor first, then finish.");
        }

        var projects = VendorAccount.FromJson(authorization.AccountJson)?.Projects ?? [];
        var project = request.ProjectId is null
            ? projects.Count == 1 ? projects[0] : null
            : projects.FirstOrDefault(known => known.Id == request.ProjectId);
        if (project is null && (projects.Count > 1 || request.ProjectId is not null))
        {
            return TypedResults.Problem(
                type: "project-required", title: "Choose a project of the account.", statusCode: StatusCodes.Status400BadRequest,
                detail: projects.Count == 0
                    ? "The account tells no projects, so none can be chosen."
                    : $"The account has {projects.Count}: {string.Join(", ", projects.Select(known => known.Name))}.");
        }

        DataSource? reconnected = null;
        if (authorization.DataSourceId is { } existing)
        {
            reconnected = await db.DataSources.In(caller).SingleOrDefaultAsync(row => row.Id == existing, cancellationToken);
            if (reconnected is null)
            {
                return DataSourceProblems.NotFound();
            }
        }

        if (await connecting.ConnectAsync(authorization, reconnected, request.Name.Trim(), project, cancellationToken) is not { } source)
        {
            return AlreadyUsed();
        }

        var response = await db.DescribeAsync(source, catalogue, cancellationToken);
        return reconnected is null ? TypedResults.Created($"/api/data-sources/{source.Id}", response) : TypedResults.Ok(response);
    }

    private static ProblemHttpResult AlreadyUsed() => TypedResults.Problem(
        type: "authorization-already-used", title: "This authorization has become a data source already.",
        statusCode: StatusCodes.Status409Conflict, detail: "Authorize again to connect another account.");
}
