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
/// <param name="ConfirmOrganizationChange">Reconnect although the account belongs to another organization than before.</param>
public sealed record CreateDataSourceRequest(
    Guid AuthorizationId, [Required, StringLength(80, MinimumLength = 1)] string Name, [StringLength(100)] string? ProjectId,
    bool? ConfirmOrganizationChange = null);

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
        var authorization = await db.Authorizations.AsNoTracking().OwnedBy(caller)
            .SingleOrDefaultAsync(row => row.Id == request.AuthorizationId, cancellationToken);
        if (authorization is not { Status: AuthorizationStatus.Authorized })
        {
            return NotReady(authorization);
        }

        DataSource? existing = null;
        if (authorization.DataSourceId is { } id)
        {
            existing = await db.DataSources.AsNoTracking().In(caller).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        }

        var account = VendorAccount.FromJson(authorization.AccountJson);
        if (existing is not null && request.ConfirmOrganizationChange != true && OrganizationChange.Between(existing, account) is { } change)
        {
            return DataSourceProblems.OtherOrganization(change);
        }

        if (!TryChoose(account?.Projects ?? [], request.ProjectId, existing, out var project))
        {
            return DataSourceProblems.ProjectRequired(account?.Projects ?? []);
        }

        var name = DataSourceNames.Clean(request.Name);
        if (name.Length == 0)
        {
            return DataSourceProblems.NoName();
        }

        if (await db.SuggestNameAsync(caller, name, existing?.Id, cancellationToken) is { } suggestion)
        {
            return DataSourceProblems.NameTaken(name, suggestion);
        }

        var finish = new Finish(authorization.Id, authorization.DataSourceId, name, project, caller.Name);
        return await connecting.ConnectAsync(finish, existing?.State, cancellationToken) switch
        {
            FinishOutcome.Connected { Source: var source } =>
                Answer(await db.DescribeAsync(source, caller, catalogue, cancellationToken), existing is null),
            FinishOutcome.NameTaken => DataSourceProblems.NameTaken(
                name, await db.SuggestNameAsync(caller, name, existing?.Id, cancellationToken) ?? DataSourceNames.Suggest(name, [])),
            FinishOutcome.Gone => existing is null ? DataSourceProblems.NotFound() : DataSourceProblems.Changed(),
            _ => AlreadyUsed(),
        };
    }

    private static Results<Created<DataSourceResponse>, Ok<DataSourceResponse>, ProblemHttpResult> Answer(DataSourceResponse response, bool isNew) =>
        isNew ? TypedResults.Created($"/api/data-sources/{response.Id}", response) : TypedResults.Ok(response);

    /// <summary>The only project, the one asked for, or on a reconnect the one from before where the account still has it.</summary>
    private static bool TryChoose(IReadOnlyList<VendorProject> projects, string? asked, DataSource? existing, out VendorProject? project)
    {
        var wanted = asked ?? (projects.Count > 1 ? existing?.ProjectId : null);
        project = wanted is not null ? projects.FirstOrDefault(known => known.Id == wanted) : projects.Count == 1 ? projects[0] : null;
        return project is not null || (projects.Count <= 1 && asked is null);
    }

    private static ProblemHttpResult NotReady(Authorization? authorization) => authorization switch
    {
        null => AuthorizationProblems.NotFound(),
        { Status: AuthorizationStatus.Finished } => AlreadyUsed(),
        _ => TypedResults.Problem(
            type: "authorization-not-ready", title: "The account is not authorized.", statusCode: StatusCodes.Status409Conflict,
            detail: "Authorize with the vendor first, then finish."),
    };

    private static ProblemHttpResult AlreadyUsed() => TypedResults.Problem(
        type: "authorization-already-used", title: "This authorization has become a data source already.",
        statusCode: StatusCodes.Status409Conflict, detail: "Authorize again to connect another account.");
}
